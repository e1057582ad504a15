package dev.tandem.factory.collection;

import dev.tandem.domain.collection.TimeToLive;
import dev.tandem.domain.refusal.Violations;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What a collection's time to live must be. */
final class TimeToLiveRules {

    private static final int LONGEST_TEXT = 50;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private TimeToLiveRules() {}

    /** The time to live that a text writes; null if it is null. Adds {@code collection.time_to_live} if it is none. */
    static @Nullable TimeToLive read(@Nullable String text, Violations violations) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= LONGEST_TEXT) {
                TimeToLive read = TimeToLive.parse(text);
                if (read.duration().compareTo(SHORTEST) >= 0 && read.duration().compareTo(LONGEST) <= 0) {
                    return read;
                }
            }
        } catch (DateTimeParseException e) {
            // It is refused below.
        }
        violations.add(
                "/timeToLive",
                "collection.time_to_live",
                "A time to live is from a second to 36500 days, such as P30D or PT12H.");
        return null;
    }
}
