package dev.tandem.factory;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Where new things get their id and their time from: the two things that the domain has not. */
@Singleton
class Identities {

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Identities(Clock clock) {
        this.clock = clock;
    }

    /** Now, as exactly as PostgreSQL keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * A UUID of version 7: a millisecond clock, then 74 random bits, so that new rows end up side by side.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562, section 5.7</a>
     */
    UUID next() {
        long high = clock.millis() << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = Long.MIN_VALUE | random.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
