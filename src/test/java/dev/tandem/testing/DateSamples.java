package dev.tandem.testing;

import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Few instants in many writings, and texts that only look like dates. */
public final class DateSamples {

    /** Each group writes one instant, to the microsecond. */
    public static final List<List<String>> SAME = List.of(
            List.of(
                    "2024-05-01T14:30:00Z",
                    "2024-05-01T14:30:00.000Z",
                    "2024-05-01T14:30:00+00:00",
                    "2024-05-01T14:30:00-00:00",
                    "2024-05-01t16:30:00+02:00",
                    "2024-05-01T09:00:00-05:30",
                    "2024-05-02T13:29:00+22:59",
                    "2024-05-01T14:30:00.0000009z"),
            List.of(
                    "2024-05-01T14:30:00.000001Z",
                    "2024-05-01T16:30:00.0000019+02:00",
                    "2024-05-01T14:30:00.000001999z"),
            List.of("2024-05-01T14:30:01Z", "2024-04-30T15:00:01.0-23:30"),
            List.of("2024-02-29T23:59:59.999999Z", "2024-03-01T00:59:59.999999+01:00"),
            List.of("1969-12-31T23:59:59.999999Z", "1970-01-01T01:59:59.999999123+02:00"),
            List.of("1970-01-01T00:00:00Z", "1969-12-31T23:00:00-01:00"),
            List.of("2000-02-29T00:00:00Z", "2000-02-28T00:01:00-23:59"),
            List.of("0001-01-01T00:00:00+23:59"),
            List.of("0001-01-01T00:00:00Z"),
            List.of("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999999999999999999999Z"),
            List.of("9999-12-31T23:59:59-23:59"),
            List.of("1582-10-10T00:00:00Z"),
            List.of("0099-03-01T00:00:00Z"));

    public static final List<String> NOT_DATES = List.of(
            "2023-02-29T00:00:00Z",
            "2024-02-30T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-00-10T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-01-32T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "2024-05-01T24:00:00Z",
            "2024-05-01T14:60:00Z",
            "2016-12-31T23:59:60Z",
            "2024-05-01T14:30:00+24:00",
            "2024-05-01T14:30:00+01:60",
            "2024-05-01T14:30:00",
            "2024-05-01T14:30Z",
            "2024-05-01 14:30:00Z",
            "2024-05-01",
            "2024-05-01T14:30:00.Z",
            "2024-05-01T14:30:00Z\n",
            " 2024-05-01T14:30:00Z",
            "2024-05-01T14:30:00+0200",
            "2024-05-01T14:30:00,5Z",
            "20240501T143000Z",
            "+2024-05-01T14:30:00Z",
            "12024-05-01T14:30:00Z",
            "\u0662\u0660\u0662\u0664-05-01T14:30:00Z",
            "2024-05-01T14:30:00Zz");

    private final Random random;

    public DateSamples(Random random) {
        this.random = random;
    }

    /** A text that writes a date, or one time in four only looks like one. */
    public String text() {
        List<String> texts = random.nextInt(4) == 0 ? NOT_DATES : SAME.get(random.nextInt(SAME.size()));
        return texts.get(random.nextInt(texts.size()));
    }

    /** One of the instants that the texts write. */
    public Instant date() {
        return instants().get(random.nextInt(SAME.size()));
    }

    private static List<Instant> instants() {
        return List.of(
                Instant.parse("2024-05-01T14:30:00Z"),
                Instant.parse("2024-05-01T14:30:00.000001Z"),
                Instant.parse("2024-05-01T14:30:01Z"),
                Instant.parse("2024-02-29T23:59:59.999999Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.EPOCH,
                Instant.parse("2000-02-29T00:00:00Z"),
                Instant.parse("0000-12-31T00:01:00Z"),
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                Instant.parse("+10000-01-01T23:58:59Z"),
                Instant.parse("1582-10-10T00:00:00Z"),
                Instant.parse("0099-03-01T00:00:00Z"));
    }

    /** The instant of the group of the same index in {@link #SAME}. */
    public static Instant date(int group) {
        return instants().get(group);
    }
}
