package dev.tandem.domain.change;

/** What happened to the rows. Followers read the rows as they are now, so most kinds only inform people and serve for counting. */
public enum ChangeKind {
    /** A document was created or changed. */
    SAVED,
    /** A document's vectors were replaced. */
    EMBEDDED,
    /** A document was deleted. */
    DELETED,
    /** An index that reads this must be rebuilt from the rows. The change concerns the collection, not a document. */
    REBUILD
}
