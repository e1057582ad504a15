package dev.tandem.tool.migration;

/** Why the tool refuses a command, in one line for its user. */
public final class MigrationRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MigrationRefusal(String message) {
        super(message);
    }

    public MigrationRefusal(String message, Throwable cause) {
        super(message, cause);
    }
}
