package dev.tandem.factory.rules;

import dev.tandem.domain.metadata.Dates;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values that JSON writes as texts or as numbers. Null stands for what is none, so that its rule can refuse it. */
public final class Values {

    /** Shorter than what an index of PostgreSQL can hold. */
    private static final int LONGEST_URI = 2_000;

    private static final Set<String> WEB = Set.of("http", "https");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ASCII = Pattern.compile("[!-~]*");

    private Values() {}

    /** A day as RFC 3339 writes it: {@code 2024-02-29}. The year 0 has none, because PostgreSQL has no such year. */
    public static @Nullable LocalDate day(String text) {
        if (!DAY.matcher(text).matches() || text.startsWith("0000")) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            // such as a 30th of February
            return null;
        }
    }

    /** A moment, to the microsecond, as {@link Dates} reads it. */
    public static @Nullable Instant instant(String text) {
        return Dates.parse(text);
    }

    /** A UUID with all of its digits. */
    public static @Nullable UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** An absolute address of the web, with a host, of up to 2,000 ASCII characters. */
    public static @Nullable URI uri(String text) {
        if (text.length() > LONGEST_URI || !ASCII.matcher(text).matches()) {
            return null;
        }
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && WEB.contains(String.valueOf(uri.getScheme())) ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * A decimal number with exactly {@code scale} digits behind the point.
     *
     * @param digits how many it may have altogether
     */
    public static @Nullable BigDecimal decimal(BigDecimal number, int digits, int scale) {
        BigDecimal plain = number.stripTrailingZeros();
        // In longs: the exponent of a number may be nearly as large as an int.
        boolean fits = plain.scale() <= scale && (long) plain.precision() - plain.scale() <= digits - scale;
        return fits || plain.signum() == 0 ? plain.setScale(scale) : null;
    }

    /** A decimal number as a merge patch has it. */
    public static @Nullable BigDecimal decimal(@Nullable Object number) {
        return number == null ? null : new BigDecimal(number.toString());
    }

    /** Does something with each item of a list and its index, unless there are more than there may be: that is refused already. */
    public static <T> void each(List<T> items, int most, BiConsumer<Integer, T> action) {
        if (items.size() <= most) {
            for (int index = 0; index < items.size(); index++) {
                action.accept(index, items.get(index));
            }
        }
    }
}
