package dev.tandem.factory;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids and reads the clock, which the domain must not do itself. */
@Singleton
public class Identities {

    private static final int FRACTION_BITS = 12;
    private static final long FRACTION = (1 << FRACTION_BITS) - 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The value that the last id was made from, in 1/4096 milliseconds. */
    private final AtomicLong last = new AtomicLong();

    public Identities(Clock clock) {
        this.clock = clock;
    }

    /** The present time, with the precision that PostgreSQL stores. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * A UUID of version 7: a clock of 1/4096 milliseconds, then 62 random bits, so that new rows end up side by side. Each id is greater
     * than every id that this process has made before.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562, section 5.7</a>, and 6.2, methods 2 and 3
     */
    public UUID next() {
        long now = ticks(clock.instant());
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = tick >>> FRACTION_BITS << 16 | 0x7000 | tick & FRACTION;
        long low = Long.MIN_VALUE | random.nextLong() >>> 2;
        return new UUID(high, low);
    }

    private static long ticks(Instant instant) {
        long nanos = instant.getNano() % NANOS_PER_MILLI;
        return instant.toEpochMilli() << FRACTION_BITS | (nanos << FRACTION_BITS) / NANOS_PER_MILLI;
    }
}
