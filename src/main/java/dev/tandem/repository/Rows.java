package dev.tandem.repository;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads the columns of native queries, which know their types only at run time, and writes what their parameters have no type for. */
final class Rows {

    private Rows() {}

    static long number(Object column) {
        return ((Number) column).longValue();
    }

    static Instant instant(Object column) {
        return column instanceof Instant instant ? instant : ((OffsetDateTime) column).toInstant();
    }

    static UUID id(Object column) {
        return (UUID) column;
    }

    /** As {@code make_interval(secs => ..)} takes it. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
