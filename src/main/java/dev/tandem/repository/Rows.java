package dev.tandem.repository;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads the columns of native queries, whose types are known only at run time, and converts values for which parameters have no type. */
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

    /** The format that {@code make_interval(secs => ..)} takes. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
