package dev.tandem.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Values for the fields of samples, as JSON has them. Different numbers give different values, as far as there are so many. */
public final class SampleValues {

    private static final int MOST_DIGITS = 9;

    private SampleValues() {}

    /** A text of such a length. */
    public static String text(int number, int shortest, int longest) {
        String digits = "n" + number;
        String fitting = digits.substring(Math.max(0, digits.length() - longest));
        return "a".repeat(Math.max(0, shortest - fitting.length())) + fitting;
    }

    /** A whole number of a range. */
    public static long whole(int number, long least, long most) {
        BigInteger first = BigInteger.valueOf(least);
        BigInteger count = BigInteger.valueOf(most).subtract(first).add(BigInteger.ONE);
        return BigInteger.valueOf(number).mod(count).add(first).longValueExact();
    }

    /** A number of so many digits, some of them behind the point. */
    public static BigDecimal decimal(int number, int digits, int scale) {
        long most = BigInteger.TEN.pow(Math.min(digits, MOST_DIGITS)).longValueExact();
        return BigDecimal.valueOf(number % most, scale);
    }

    public static String day(int number) {
        return LocalDate.of(2000, 1, 1).plusDays(number).toString();
    }

    public static String moment(int number) {
        return Instant.parse("2000-01-01T00:00:00Z").plusSeconds(number).toString();
    }

    public static String id(int number) {
        return new UUID(0x7000, Long.MIN_VALUE | number).toString();
    }

    public static String address(int number) {
        return "https://example.org/" + number;
    }
}
