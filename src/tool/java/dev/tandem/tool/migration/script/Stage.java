package dev.tandem.tool.migration.script;

/** The scripts of one revision, in the order in which they run. Each is a transaction, except for the concurrent one, which can't be. */
public enum Stage {
    /** Values of enums, which the transaction that adds them can't use. */
    VALUES("__values"),
    /** What takes its locks for a moment only. */
    CHANGE(""),
    /** Indexes on tables that may have rows: built while others write. */
    CONCURRENT("__concurrent"),
    /** What reads every row, without keeping others from writing: backfills, validation, constraints on finished indexes. */
    VALIDATE("__validate");

    private final String suffix;

    Stage(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }
}
