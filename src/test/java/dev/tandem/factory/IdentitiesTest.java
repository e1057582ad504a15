package dev.tandem.factory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.123456789Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Identities identities = new Identities(CLOCK);

    @Test
    void anIdIsAUuidOfVersion7WithTheTimeInFront() {
        for (int i = 0; i < 1_000; i++) {
            UUID id = identities.next();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        }
    }

    @Test
    void theTimeIsExactToAFractionOfAMillisecond() {
        assertThat(identities.next().getMostSignificantBits() & 0xFFF).isEqualTo(456_789 * 4_096L / 1_000_000);
    }

    @Test
    void everyBitOfTheLowerHalfIsRandom() {
        long seen = 0;
        for (int i = 0; i < 1_000; i++) {
            seen |= identities.next().getLeastSignificantBits();
        }
        assertThat(seen).isEqualTo(0xBFFF_FFFF_FFFF_FFFFL);
    }

    @Test
    void eachIdIsGreaterThanTheOneBefore() {
        String before = "";
        for (int i = 0; i < 10_000; i++) {
            String id = identities.next().toString();
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT5S", "PT1H"})
    void eachIdIsGreaterAlsoWhenTheClockIsPutBack(Duration back) {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        Identities moved = new Identities(new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        String before = moved.next().toString();
        now.set(NOW.minus(back));

        assertThat(moved.next().toString()).isGreaterThan(before);
    }

    @Test
    void idsOfOneMillisecondAreDifferent() {
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add(identities.next())).isTrue();
        }
    }

    @Test
    void aLaterIdIsGreaterInPostgresOrder() {
        Identities later = new Identities(Clock.offset(CLOCK, Duration.ofMillis(1)));
        for (int i = 0; i < 1_000; i++) {
            // PostgreSQL compares bytes, as text in hexadecimal does; UUID.compareTo compares signed halves.
            assertThat(identities.next().toString()).isLessThan(later.next().toString());
        }
    }

    @Test
    void nowIsAsExactAsPostgres() {
        assertThat(identities.now()).isEqualTo(Instant.parse("2026-11-23T03:00:00.123456Z"));
    }
}
