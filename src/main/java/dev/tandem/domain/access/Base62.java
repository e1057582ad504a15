package dev.tandem.domain.access;

import java.math.BigInteger;

/** Numbers in digits, capital letters and small letters, in this order. */
public final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    /** The last {@code length} digits of a number that is not negative, with zeros before it. */
    public static String of(long number, int length) {
        return of(BigInteger.valueOf(number), length);
    }

    /** The last {@code length} digits of the bytes as a number without a sign, with zeros before it. */
    public static String of(byte[] bytes, int length) {
        return of(new BigInteger(1, bytes), length);
    }

    private static String of(BigInteger number, int length) {
        char[] text = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }
}
