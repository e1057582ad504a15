package dev.tandem.api.imports.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.refusal.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GunzipTest {

    private final Random random = new Random();

    @RepeatedTest(20)
    void expandsWhateverWasPackedHoweverItArrives() throws IOException {
        byte[] first = text(random.nextInt(100_000));
        byte[] second = text(random.nextInt(100));
        byte[] packed = joined(packed(first), packed(second));
        assertThat(expanded(packed, random.nextInt(1, 5_000))).isEqualTo(joined(first, second));
    }

    /** Long repetitions are still coming out when all octets have been taken in. */
    @Test
    void expandsAllOfWhatIsPackedTight() throws IOException {
        byte[] text = new byte[1 << 20];
        byte[] packed = packed(text);
        assertThat(expanded(packed, packed.length)).isEqualTo(text);
        assertThat(expanded(packed, 1)).isEqualTo(text);
    }

    @Test
    void readsOverWhatAHeaderMayHave() throws IOException {
        byte[] plain = packed(text(50));
        CRC32 unused = new CRC32();
        unused.update(plain, 0, 10);
        byte[] extras = {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0, 0, 0};
        byte[] header = Arrays.copyOf(plain, 10);
        header[3] = 2 | 4 | 8 | 16;
        byte[] dressed = joined(joined(header, extras), Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(expanded(dressed, 1)).isEqualTo(expanded(plain, 1));
        byte[] emptyExtra = joined(Arrays.copyOf(plain, 10), new byte[] {0, 0});
        emptyExtra[3] = 4;
        assertThat(expanded(joined(emptyExtra, Arrays.copyOfRange(plain, 10, plain.length)), 3))
                .isEqualTo(expanded(plain, 1));
    }

    @Test
    void nothingIsNothing() {
        assertThat(expanded(new byte[0], 1)).isEmpty();
    }

    @Test
    void refusesWhatIsNone() throws IOException {
        byte[] packed = packed(text(1_000));
        refuses("no gzip at all".getBytes(StandardCharsets.UTF_8));
        refuses(new byte[] {0x1F});
        for (int length : new int[] {5, 30, packed.length - 8, packed.length - 1}) {
            refuses(Arrays.copyOf(packed, length));
        }
        byte[] changed = packed.clone();
        changed[packed.length - 6] ^= 1;
        refuses(changed);
        refuses(joined(packed, new byte[] {'x'}));
    }

    private static void refuses(byte[] octets) {
        assertThatThrownBy(() -> expanded(octets, 7))
                .isInstanceOf(Refusal.Malformed.class)
                .extracting(failure -> ((Refusal) failure).code())
                .isEqualTo("import.encoding");
    }

    private byte[] text(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) ('a' + random.nextInt(4));
        }
        return octets;
    }

    private static byte[] packed(byte[] octets) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(octets);
        }
        return packed.toByteArray();
    }

    private static byte[] expanded(byte[] packed, int portion) {
        ByteArrayOutputStream expanded = new ByteArrayOutputStream();
        byte[] mouthful = new byte[64];
        try (Gunzip gunzip = new Gunzip()) {
            for (int from = 0; from < packed.length; from += portion) {
                gunzip.feed(Arrays.copyOfRange(packed, from, Math.min(packed.length, from + portion)));
                for (int length = gunzip.read(mouthful); length > 0; length = gunzip.read(mouthful)) {
                    expanded.write(mouthful, 0, length);
                }
            }
            gunzip.end();
        }
        return expanded.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
