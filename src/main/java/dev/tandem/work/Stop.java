package dev.tandem.work;

import java.io.Serial;

/** Says whether nobody waits for the result of some work any more. Long work asks now and then. */
public final class Stop {

    private volatile boolean asked;

    /** Work that is not wanted any more has ended itself. Nobody sees this failure. */
    static final class Stopped extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("Nobody waits for the result any more.", null, false, false);
        }
    }

    /** Asks the work to end. */
    public void ask() {
        asked = true;
    }

    /** Whether the work should end. */
    public boolean isAsked() {
        return asked;
    }

    /** Ends the work if nobody waits for its result any more. */
    public void check() {
        if (asked) {
            throw new Stopped();
        }
    }
}
