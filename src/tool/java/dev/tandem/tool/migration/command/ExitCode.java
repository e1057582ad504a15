package dev.tandem.tool.migration.command;

/** What {@code ./db} tells a shell. */
final class ExitCode {

    /** Done, and nothing is left to do. */
    static final int OK = 0;

    /** The answer is no: operations or scripts are pending, there are two heads, a rule is broken, a script was edited. */
    static final int TO_DO = 1;

    /** Not done: wrong use, an unreachable database, or a decision that only a person can take. */
    static final int REFUSED = 2;

    /** A mistake in the tool itself; the stack trace is for its authors. */
    static final int BUG = 3;

    private ExitCode() {}
}
