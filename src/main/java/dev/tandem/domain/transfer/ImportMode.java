package dev.tandem.domain.transfer;

/** What an import does with a line whose key is taken, or isn't. */
public enum ImportMode {
    /** Adds; refuses a key that is taken. */
    CREATE,
    /** Adds, or replaces as a whole. */
    UPSERT,
    /** Replaces as a whole; refuses a key that is not there. */
    REPLACE
}
