package dev.tandem.domain.document;

/** The parts of a document that a change can affect. */
public enum ChangedPart {
    TITLE,
    CONTENT,
    METADATA,
    VECTOR,
    /** When the document expires. */
    EXPIRY
}
