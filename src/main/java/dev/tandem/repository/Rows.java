package dev.tandem.repository;

import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows, and the columns of native queries, whose types are known only at run time. It also converts values for which parameters have no
 * type.
 */
final class Rows {

    private Rows() {}

    /**
     * The row that a unique key finds; null if there is none. Panache's {@code firstResult} would ask for the first row with parameters for the
     * limit, and PostgreSQL plans such a statement anew each time.
     */
    static <R> Uni<@Nullable R> only(PanacheQuery<R> key) {
        return key.<R>list().map(rows -> rows.isEmpty() ? null : rows.getFirst());
    }

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
