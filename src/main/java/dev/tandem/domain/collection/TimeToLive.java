package dev.tandem.domain.collection;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long after its last write a document expires, if the write does not say when. */
public record TimeToLive(Duration duration) {

    private static final long SECONDS_PER_DAY = 86_400;

    /** @throws java.time.format.DateTimeParseException if the text is not a duration as in ISO 8601 */
    public static TimeToLive parse(String text) {
        return new TimeToLive(Duration.parse(text));
    }

    /** When a document expires that is written now, with the precision that PostgreSQL stores. */
    public Instant from(Instant now) {
        return now.plus(duration).truncatedTo(ChronoUnit.MICROS);
    }

    /** As in ISO 8601; whole days are written as days. */
    @Override
    public String toString() {
        boolean isDays = duration.getNano() == 0 && duration.getSeconds() % SECONDS_PER_DAY == 0;
        return isDays ? "P" + duration.toDays() + "D" : duration.toString();
    }
}
