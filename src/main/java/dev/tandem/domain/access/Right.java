package dev.tandem.domain.access;

/** What a principal may do with a collection. Each right includes those before it. */
public enum Right {
    /** To list, search, count, export and read its documents. */
    READ,
    /** To change its documents, and to cancel and retry work on them. */
    WRITE,
    /** To create, change and delete the collection, and to maintain its index. */
    ADMIN;

    /** Whether who has this right has the other one too. */
    public boolean includes(Right other) {
        return compareTo(other) >= 0;
    }
}
