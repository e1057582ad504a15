package dev.tandem.remote;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a server answered, whatever its status. */
public record Reply(int status, MultiMap headers, Buffer body) {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the server is up but has no room for the request at the moment. */
    public boolean isBusy() {
        return status == 429;
    }

    /** Whether the same request may succeed later, because the server or something behind it fails. */
    public boolean isAway() {
        return status == 408 || status >= 500;
    }

    /**
     * How long the server wants to be left alone, at most ten minutes; empty if it does not say.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, Retry-After</a>
     */
    public Optional<Duration> retryAfter() {
        String said = headers.get("Retry-After");
        return said == null ? Optional.empty() : pause(said.trim());
    }

    private static Optional<Duration> pause(String said) {
        try {
            Duration pause = said.chars().allMatch(Character::isDigit) && !said.isEmpty()
                    ? Duration.ofSeconds(Long.parseLong(said))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return pause.isNegative()
                    ? Optional.empty()
                    : Optional.of(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        } catch (NumberFormatException | DateTimeParseException e) {
            // A server that says nothing that can be read says nothing.
            return Optional.empty();
        }
    }
}
