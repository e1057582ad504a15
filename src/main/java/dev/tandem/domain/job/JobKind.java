package dev.tandem.domain.job;

import java.util.Locale;
import java.util.Set;

/** The kinds of jobs. */
public enum JobKind {
    IMPORT,
    DELETE,
    DELETE_BY_KEY,
    UPDATE,
    REEMBED,
    REBUILD,
    RECONCILE,
    COPY,
    MOVE,
    MOVE_MODEL,
    INDEX_METADATA;

    /** The words of those that do for a client what a request could do: they write documents of their collection. */
    public static final Set<String> WRITING = Set.of(IMPORT.word(), DELETE.word(), DELETE_BY_KEY.word(), UPDATE.word());

    /** The word for clients and for the rows of jobs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
