package dev.tandem.domain.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates with a time as RFC 3339 writes them: {@code 2024-05-01T14:30:00.25+02:00}. Two that are the same instant are the same date, and
 * instants are told apart to the microsecond; further digits are cut off.
 *
 * <p>A leap second and the year 0 are not dates here, because PostgreSQL has neither.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, section 5.6</a>
 */
public final class Dates {

    private static final Pattern FORM =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})"
                    + "(?:[.]([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int LAST_YEAR = 9_999;

    /** In minutes. Not every reader knows those beyond 18 hours, so they come last. */
    private static final List<Integer> OTHER_OFFSETS = List.of(0, -1_080, 1_080, -1_439, 1_439);

    private Dates() {}

    /** The instant that a text writes, to the microsecond; null if the text is not a date. */
    public static @Nullable Instant parse(String text) {
        // The shortest date has 20 characters, and most texts can be told by their fifth.
        if (text.length() < 20 || text.charAt(4) != '-') {
            return null;
        }
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? instant(parts) : null;
    }

    private static @Nullable Instant instant(Matcher parts) {
        int year = number(parts, 1);
        int offsetHours = parts.group(8) == null ? 0 : number(parts, 9);
        int offsetMinutes = parts.group(8) == null ? 0 : number(parts, 10);
        if (year == 0 || offsetHours > 23 || offsetMinutes > 59) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    year, number(parts, 2), number(parts, 3), number(parts, 4), number(parts, 5), number(parts, 6));
            long offset = (offsetHours * 60L + offsetMinutes) * ("-".equals(parts.group(8)) ? -1 : 1);
            return local.toInstant(ZoneOffset.UTC)
                    .minus(offset, ChronoUnit.MINUTES)
                    .plus(micros(parts.group(7)), ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            // such as a 30th of February: the form of a date, and not one
            return null;
        }
    }

    /** Microseconds since 1970, before which they are negative. */
    public static long micros(Instant date) {
        return date.getEpochSecond() * MICROS_PER_SECOND + date.getNano() / 1_000;
    }

    /**
     * The date as {@link #parse} reads it, with this offset. If the offset has seconds, as those of some zones had before 1900, or if the year has
     * not four digits there, then in UTC; if it has not there either, then with an offset in which it has. Null if there is none.
     */
    public static @Nullable String written(Instant date, ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        String written = seconds % SECONDS_PER_MINUTE == 0 ? written(date, seconds / SECONDS_PER_MINUTE) : null;
        for (int i = 0; written == null && i < OTHER_OFFSETS.size(); i++) {
            written = written(date, OTHER_OFFSETS.get(i));
        }
        return written;
    }

    private static @Nullable String written(Instant date, int minutes) {
        LocalDateTime local = LocalDateTime.ofInstant(date.plus(minutes, ChronoUnit.MINUTES), ZoneOffset.UTC);
        if (local.getYear() < 1 || local.getYear() > LAST_YEAR) {
            return null;
        }
        LocalTime size = LocalTime.MIN.plusMinutes(Math.abs(minutes));
        String offset = minutes == 0 ? "Z" : (minutes < 0 ? "-" : "+") + size;
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local) + offset;
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static long micros(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00000").substring(0, 6));
    }
}
