package dev.tandem.tool.migration.script;

/** The scripts of one revision, in the order in which they run. Each is a transaction, except for those that say otherwise. */
public enum Stage {
    /** Enum values, because the transaction that adds them cannot use them. */
    VALUES("__values"),
    /** Statements that hold their locks only for a moment. */
    CHANGE(""),
    /**
     * Values for existing rows, in portions that are transactions of their own. Soon after the change, because until then nobody can write a row
     * that still lacks a value; and before indexes, which would have to follow each portion.
     */
    FILL("__fill"),
    /** Indexes on tables that may have rows; they are built while others write, in no transaction. */
    CONCURRENT("__concurrent"),
    /** Statements that read every row without blocking writers: validation, constraints on finished indexes. */
    VALIDATE("__validate"),
    /** What others have replaced: dropped without blocking anyone, in no transaction, when its successor works. */
    CLEANUP("__cleanup");

    private final String suffix;

    Stage(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }
}
