package dev.tandem.domain.metadata;

import static java.util.Objects.requireNonNull;
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
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "2024-05-01T14:30:00.25Z, +02:00, 2024-05-01T16:30:00.25+02:00",
        "2024-05-01T14:30:00Z, +00:53:28, 2024-05-01T14:30:00Z",
        "9999-12-31T23:59:59.999999Z, +09:00, 9999-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z, -00:01, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-10:00, Z, 9999-12-31T15:59:59-18:00",
        "0001-01-01T00:00:00+10:00, Z, 0001-01-01T08:00:00+18:00",
        "9999-12-31T23:59:59-23:59, Z, 9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59, Z, 0001-01-01T00:00:00+23:59",
    })
    void everyDateIsWrittenAsADate(String date, String offset, String written) {
        Instant instant = requireNonNull(Dates.parse(date));
        assertThat(Dates.written(instant, ZoneOffset.of(offset))).isEqualTo(written);
        assertThat(Dates.parse(written)).isEqualTo(instant);
    }

    @Test
    void whatIsBeyondAllDatesIsNotWritten() {
        assertThat(Dates.written(Instant.parse("0000-01-01T00:00:00Z"), ZoneOffset.UTC))
                .isNull();
        assertThat(Dates.written(Instant.parse("+10000-01-01T23:59:00Z"), ZoneOffset.UTC))
                .isNull();
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
