package dev.tandem.tool.migration.command;

/** The exit codes of {@code ./db}. */
final class ExitCode {

    /** Done, and nothing is left to do. */
    static final int OK = 0;

    /** The answer is no: operations or scripts are pending, there are two heads, a rule is broken, a script was edited. */
    static final int TO_DO = 1;

    /** Refused: wrong use, an unreachable database, or a decision that only the user can make. */
    static final int REFUSED = 2;

    /** A bug in the tool itself; the stack trace is for its authors. */
    static final int BUG = 3;

    private ExitCode() {}
}
