package dev.tandem.tool.migration;

/** Why the tool doesn't do what it was asked for, in one line for the person who asked. */
public final class MigrationRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MigrationRefusal(String message) {
        super(message);
    }

    public MigrationRefusal(String message, Throwable cause) {
        super(message, cause);
    }
}
