package dev.tandem.domain.document;

/** What of a document a change may be of. */
public enum Part {
    TITLE,
    CONTENT,
    METADATA,
    VECTOR
}
