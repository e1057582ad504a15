package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.DateSamples;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

    @Test
    void allWritingsOfAnInstantAreThatInstant() {
        IntStream.range(0, DateSamples.SAME.size()).forEach(group -> assertThat(DateSamples.SAME.get(group))
                .allSatisfy(text -> assertThat(Dates.parse(text)).as(text).isEqualTo(DateSamples.date(group))));
    }

    @ParameterizedTest
    @FieldSource("dev.tandem.testing.DateSamples#NOT_DATES")
    void whatOnlyLooksLikeADateIsNotOne(String text) {
        assertThat(Dates.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2024", "----------------------------"})
    void otherTextsAreNotDates(String text) {
        assertThat(Dates.parse(text)).isNull();
    }

    @Property
    void whatJavaWritesIsRead(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        Instant instant = Instant.ofEpochSecond(second, nano);
        assertThat(Dates.parse(instant.toString())).isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
        OffsetDateTime local = instant.atOffset(ZoneOffset.ofHoursMinutes(-3, -30));
        if (local.getYear() >= 1 && local.getSecond() + local.getNano() > 0) {
            assertThat(Dates.parse(local.toString())).isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
        }
    }

    @Property
    void microsecondsAreInTheOrderOfDates(
            @ForAll @LongRange(min = -1_000, max = 1_000) long a,
            @ForAll @LongRange(min = -1_000, max = 1_000) long b) {
        Instant first = Instant.EPOCH.plus(a, ChronoUnit.MICROS);
        Instant second = Instant.EPOCH.plus(b, ChronoUnit.MICROS);
        assertThat(Dates.micros(first)).isEqualTo(a);
        assertThat(Long.compare(Dates.micros(first), Dates.micros(second)))
                .isEqualTo(Integer.signum(first.compareTo(second)));
    }
}
