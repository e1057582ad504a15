package dev.tandem.domain.document;

/** What of a document a change may be of. */
public enum ChangedPart {
    TITLE,
    CONTENT,
    METADATA,
    VECTOR
}
