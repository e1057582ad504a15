package dev.tandem.tool.migration.script;

/** The scripts of one revision, in the order in which they run. Each is a transaction, except for the concurrent one, which cannot be. */
public enum Stage {
    /** Enum values, because the transaction that adds them cannot use them. */
    VALUES("__values"),
    /** Statements that hold their locks only for a moment. */
    CHANGE(""),
    /** Indexes on tables that may have rows; they are built while others write. */
    CONCURRENT("__concurrent"),
    /** Statements that read every row without blocking writers: backfills, validation, constraints on finished indexes. */
    VALIDATE("__validate"),
    /** What others have replaced: dropped without blocking anyone, when its successor works. */
    CLEANUP("__cleanup");

    private final String suffix;

    Stage(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }
}
