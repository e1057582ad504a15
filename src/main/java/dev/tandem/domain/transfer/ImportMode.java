package dev.tandem.domain.transfer;

/** What an import does with a line, depending on whether its key exists. */
public enum ImportMode {
    /** Adds the document; refuses a key that exists. */
    CREATE,
    /** Adds the document, or replaces an existing one as a whole. */
    UPSERT,
    /** Replaces the document as a whole; refuses a key that does not exist. */
    REPLACE,
    /** Changes the document by the line, which is a merge patch; refuses a key that does not exist. */
    MERGE
}
