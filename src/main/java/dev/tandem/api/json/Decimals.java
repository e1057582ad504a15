package dev.tandem.api.json;

/**
 * Reads decimal numbers as floats, as exactly as {@link Float#parseFloat}, but without a string for each: most numbers here are components
 * of vectors.
 *
 * <p>A float is a double without its last 29 bits. One multiplication or division turns up to 18 digits and a power of ten into a double
 * that is exact to a few units of its last bit. So the double gives the right float, unless those 29 bits are close to the point where
 * rounding changes its direction.
 *
 * @see <a href="https://doi.org/10.1145/93542.93557">Clinger, How to Read Floating Point Numbers Accurately</a>
 */
final class Decimals {

    /** The powers of ten that a double holds exactly. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** This many digits are more than a double holds, and one more still fits into a long. */
    private static final long ENOUGH_DIGITS = 100_000_000_000_000_000L;

    private static final int BEYOND_EVERYTHING = 100_000;
    private static final long WITHOUT_FLOAT = (1L << 29) - 1;
    private static final long HALF = 1L << 28;
    private static final int UNSURE = 8;

    private Decimals() {}

    /** The float that is nearest to a number in the notation of JSON or Java; infinite if the number is too large for a float. */
    static float toFloat(char[] text, int from, int length) {
        int end = from + length;
        boolean isNegative = text[from] == '-';
        long digits = 0;
        int exponent = 0;
        int perFractionDigit = 0;
        for (int at = isNegative ? from + 1 : from; at < end; at++) {
            char c = text[at];
            if (c == '.') {
                perFractionDigit = 1;
            } else if (c == 'e' || c == 'E') {
                exponent += exponent(text, at + 1, end);
                break;
            } else if (c < '0' || c > '9') {
                // This number comes from a tree and not from a text: it is Infinity.
                return exactly(text, from, length);
            } else if (digits < ENOUGH_DIGITS) {
                digits = 10 * digits + (c - '0');
                exponent -= perFractionDigit;
            } else {
                exponent += 1 - perFractionDigit;
            }
        }
        if (Math.abs(exponent) >= POWERS_OF_TEN.length) {
            return exactly(text, from, length);
        }
        double size = exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
        long dropped = Double.doubleToRawLongBits(size) & WITHOUT_FLOAT;
        if (Math.abs(dropped - HALF) <= UNSURE) {
            return exactly(text, from, length);
        }
        return (float) (isNegative ? -size : size);
    }

    private static int exponent(char[] text, int from, int end) {
        boolean isSigned = text[from] == '-' || text[from] == '+';
        int size = 0;
        for (int at = isSigned ? from + 1 : from; at < end; at++) {
            size = Math.min(BEYOND_EVERYTHING, 10 * size + (text[at] - '0'));
        }
        return text[from] == '-' ? -size : size;
    }

    private static float exactly(char[] text, int from, int length) {
        return Float.parseFloat(new String(text, from, length));
    }
}
