package dev.tandem.domain.change;

/** What has happened. Followers read the rows as they are now, so the kind is for people and for counting. */
public enum ChangeKind {
    /** A document was created or changed. */
    SAVED,
    /** A document's vectors were replaced. */
    EMBEDDED,
    /** A document was deleted. */
    DELETED
}
