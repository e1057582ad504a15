package dev.tandem.api.callers;

/** What requests have in common that are counted together. */
public enum RequestKind {
    READ(1),
    WRITE(2),
    SEARCH(10),
    IMPORT(10),
    EXPORT(10),
    /** Those that listen to the events of a job. */
    EVENTS(1);

    private final int cost;

    RequestKind(int cost) {
        this.cost = cost;
    }

    /** What such a request costs its caller, in units of which {@link CallersConfig#rate} allows some in each second. */
    int cost() {
        return cost;
    }

    /** Whether such a request takes its slot itself, when it begins to stream. */
    boolean isStream() {
        return this == IMPORT || this == EXPORT || this == EVENTS;
    }
}
