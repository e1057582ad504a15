package dev.tandem.api.gate;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** UTF-8 is what Java's strict decoder accepts: no overlong forms, no surrogates, nothing beyond the last character. */
@Execution(CONCURRENT)
class Utf8Test {

    private static final int BYTES = 256;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(100);

    @Test
    void knowsEverySequenceOfOneOrTwoBytes() {
        for (int i = 0; i < BYTES * BYTES; i++) {
            assertSame((byte) i);
            assertSame((byte) (i / BYTES), (byte) i);
        }
    }

    /** The second byte decides: the third is every edge of what may follow. */
    @Test
    void knowsTheEdgesOfThreeBytes() {
        for (int i = 0; i < BYTES * BYTES; i++) {
            for (int third : new int[] {0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff}) {
                assertSame((byte) (i / BYTES), (byte) i, (byte) third);
            }
        }
    }

    @Test
    void knowsFourBytes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[4];
            bytes[0] = (byte) (0xe0 | random.nextInt(32));
            for (int k = 1; k < bytes.length; k++) {
                bytes[k] = (byte) (random.nextInt(8) > 0 ? 0x80 | random.nextInt(64) : random.nextInt(BYTES));
            }
            assertSame(bytes);
        }
    }

    @Test
    void knowsTextThatBreaksOff() {
        byte[] whole = "tea für zwei, 検索, 😀".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            assertSame(Arrays.copyOf(whole, length));
        }
    }

    private void assertSame(byte... octets) {
        boolean expected = isDecoded(octets);
        if (Utf8.isValid(octets) != expected) {
            fail("%s is UTF-8: %s", Arrays.toString(octets), expected);
        }
    }

    private boolean isDecoded(byte[] octets) {
        decoder.reset();
        return !decoder.decode(ByteBuffer.wrap(octets), decoded.clear(), true).isError();
    }
}
