package dev.tandem.domain.access;

import java.util.List;

/** What a principal may do: the sum of its grants. What no grant allows is not allowed. */
public record Grants(List<Grant> all) {

    /** Allow nothing. */
    public static final Grants NONE = new Grants(List.of());

    /** Allow everything. */
    public static final Grants EVERYTHING = new Grants(List.of(new Grant("*", Right.ADMIN)));

    public Grants {
        all = List.copyOf(all);
    }

    /** Whether they allow this on the collection. */
    public boolean allow(Right right, String collection) {
        return all.stream().anyMatch(grant -> grant.right().includes(right) && grant.covers(collection));
    }

    /** Whether they allow this on all collections, those too that do not exist yet. */
    public boolean allowEverywhere(Right right) {
        return all.stream().anyMatch(grant -> grant.isForAll() && grant.right().includes(right));
    }

    /** Whether they allow this on some collection. */
    public boolean allowSomewhere(Right right) {
        return all.stream().anyMatch(grant -> grant.right().includes(right));
    }

    /**
     * Whether they allow everything that the others do. Each of the others must be within one of these: it is not looked for in what several of
     * these allow together.
     */
    public boolean include(Grants others) {
        return others.all.stream().allMatch(other -> all.stream().anyMatch(grant -> grant.includes(other)));
    }
}
