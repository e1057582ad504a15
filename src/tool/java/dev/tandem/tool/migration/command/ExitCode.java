package dev.tandem.tool.migration.command;

/** The exit codes of {@code ./db} and {@code ./model}. */
public final class ExitCode {

    /** Done, and nothing is left to do. */
    public static final int OK = 0;

    /** The answer is no: operations or scripts are pending, there are two heads, a rule is broken, a script was edited. */
    public static final int TO_DO = 1;

    /** Refused: wrong use, an unreachable database, or a decision that only the user can make. */
    public static final int REFUSED = 2;

    /** A bug in the tool itself; the stack trace is for its authors. */
    public static final int BUG = 3;

    private ExitCode() {}
}
