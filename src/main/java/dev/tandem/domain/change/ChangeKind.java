package dev.tandem.domain.change;

/** What has happened. Followers read the rows as they are now, so most kinds are for people and for counting. */
public enum ChangeKind {
    /** A document was created or changed. */
    SAVED,
    /** A document's vectors were replaced. */
    EMBEDDED,
    /** A document was deleted. */
    DELETED,
    /** An index that has come to this is to be built anew from the rows. It is about the collection, not about a document. */
    REBUILD
}
