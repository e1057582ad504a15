package dev.tandem.domain.access;

import java.util.Optional;

/**
 * A right on collections.
 *
 * @param collections a collection's name, or the beginning of names and an asterisk; an asterisk alone means all collections
 */
public record Grant(String collections, Right right) {

    private static final String ANY = "*";

    /** Whether the collection is one of these. */
    public boolean covers(String collection) {
        return beginning().map(collection::startsWith).orElseGet(() -> collection.equals(collections));
    }

    /** Whether this grant allows everything that the other one does. */
    public boolean includes(Grant other) {
        boolean coversAll = other.beginning()
                .map(narrower -> beginning().filter(narrower::startsWith).isPresent())
                .orElseGet(() -> covers(other.collections()));
        return coversAll && right.includes(other.right());
    }

    /** Whether it is one for all collections. */
    public boolean isForAll() {
        return collections.equals(ANY);
    }

    /** What the names of the collections begin with; empty if it is one collection. */
    public Optional<String> beginning() {
        return collections.endsWith(ANY)
                ? Optional.of(collections.substring(0, collections.length() - ANY.length()))
                : Optional.empty();
    }
}
