package dev.tandem.domain.job;

import java.util.Locale;

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

    /** The word for clients and for the rows of jobs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
