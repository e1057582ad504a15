package dev.tandem.domain.access;

/**
 * Who makes a request, as far as it was proved.
 *
 * @param name distinguishes principals: {@code key:<id>}, {@code scoped:<id of its parent>:<digest>}, {@code user:<name in a token>},
 *     {@code root}, or empty where everybody may do everything
 * @param holder for whom it acts: as {@code name}, but the same for all keys that were made of one parent with one filter, whenever they end. What is
 *     begun with one of them goes on with the next
 * @param grants what it may do
 * @param scope which documents it may see
 * @param isRoot whether it may manage all keys, and nothing else
 */
public record Principal(String name, String holder, Grants grants, Scope scope, boolean isRoot) {

    /** Anybody, where everybody may do everything. */
    public static final Principal ANYBODY = new Principal("", "", Grants.EVERYTHING, Scope.EVERYTHING, false);

    /** Who holds the root key. */
    public static final Principal ROOT = new Principal("root", "root", Grants.NONE, Scope.EVERYTHING, true);

    /** A principal that sees all documents of the collections that it may read. */
    public static Principal of(String name, Grants grants) {
        return new Principal(name, name, grants, Scope.EVERYTHING, false);
    }

    /** Whether the service knows who it is. */
    public boolean isNamed() {
        return !name.isEmpty();
    }

    /** Whether it sees the collection at all. A collection that it does not see does not exist for it. */
    public boolean sees(String collection) {
        return grants.allow(Right.READ, collection);
    }

    public boolean may(Right right, String collection) {
        return grants.allow(right, collection);
    }
}
