package dev.tandem.index.lucene.shape;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.lucene.util.NumericUtils;

/**
 * A number in {@linkplain dev.tandem.domain.metadata.Metadata#canonical canonical} form as 16 bytes whose unsigned order is the exact order
 * of the numbers: first the nearest double, then the difference to it. So 2^53 and 2^53 + 1 have different keys, and both compare correctly
 * with a double.
 */
public final class NumberKey {

    static final int BYTES = 2 * Long.BYTES;

    private NumberKey() {}

    public static byte[] of(Number number) {
        double nearest = number.doubleValue();
        long missing = number instanceof Long whole ? missing(whole, nearest) : 0;
        byte[] key = new byte[BYTES];
        NumericUtils.longToSortableBytes(NumericUtils.doubleToSortableLong(nearest), key, 0);
        NumericUtils.longToSortableBytes(missing, key, Long.BYTES);
        return key;
    }

    /** Exactly {@code whole - nearest}. The nearest double may be 2^63, which is not a long: its conversion is one less. */
    private static long missing(long whole, double nearest) {
        long difference = whole - (long) nearest;
        return nearest == 0x1p63 ? difference - 1 : difference;
    }

    /** The next greater key. It always exists, because the nearest double of the greatest number is finite. */
    public static byte[] after(byte[] key) {
        return stepped(key, 1);
    }

    /** The next smaller key. */
    public static byte[] before(byte[] key) {
        return stepped(key, -1);
    }

    private static byte[] stepped(byte[] key, int step) {
        ByteBuffer buffer = ByteBuffer.wrap(key);
        long high = buffer.getLong();
        long low = buffer.getLong();
        long stepped = low + step;
        boolean carries = step > 0 ? stepped == 0 : low == 0;
        return ByteBuffer.allocate(BYTES)
                .putLong(carries ? high + step : high)
                .putLong(stepped)
                .array();
    }

    /** Before every number. */
    public static byte[] lowest() {
        return new byte[BYTES];
    }

    /** After every number. */
    public static byte[] highest() {
        byte[] key = new byte[BYTES];
        Arrays.fill(key, (byte) 0xFF);
        return key;
    }
}
