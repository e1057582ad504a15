package dev.tandem.api.imports.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSourceTest {

    private static final int LONGEST = 1_000;
    private static final int STRETCH = 16 * LONGEST;

    private final List<RawLine> lines = new ArrayList<>();

    /** A body of a few octets that expands to very many is given up long before its end. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "\r\n", "x", "[", "\"", "\t\n "})
    void muchThatIsNoLineIsRefused(String piece) throws IOException {
        byte[] packed = packed(piece.repeat(2_000_000));
        try (LineSource source = new LineSource(true, LONGEST, lines::add)) {
            source.feed(packed);
            assertThatThrownBy(() -> readAll(source))
                    .isInstanceOfSatisfying(Refusal.TooLarge.class, refusal -> assertThat(refusal.code())
                            .isEqualTo("import.no_line"));
            assertThat(source.size()).isLessThan(3 * STRETCH);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void linesBeginTheCountAnew() {
        String blank = "\n".repeat(STRETCH / 2);
        try (LineSource source = new LineSource(false, LONGEST, lines::add)) {
            for (int i = 0; i < 10; i++) {
                source.feed((blank + "{}\n").getBytes(StandardCharsets.UTF_8));
                readAll(source);
            }
            source.end();
        }
        assertThat(lines).hasSize(10);
    }

    @Test
    void aLineThatIsSomewhatTooLongIsOneLine() {
        try (LineSource source = new LineSource(false, LONGEST, lines::add)) {
            source.feed(("x".repeat(10 * LONGEST) + "\n{}\n").getBytes(StandardCharsets.UTF_8));
            readAll(source);
            source.end();
        }
        assertThat(lines).extracting(RawLine::isWhole).containsExactly(false, true);
    }

    @Test
    void tellsWhetherMoreIsThere() throws IOException {
        try (LineSource source = new LineSource(true, LONGEST, lines::add)) {
            assertThat(source.hasMore()).isFalse();
            source.feed(packed("{}\n{}\n"));
            assertThat(source.hasMore()).isTrue();
            assertThat(source.cut()).isTrue();
            assertThat(source.hasMore()).isTrue();
            readAll(source);
            assertThat(source.hasMore()).isFalse();
            assertThat(source.size()).isEqualTo(6);
        }
        assertThat(lines).hasSize(2);
    }

    private static void readAll(LineSource source) {
        while (source.cut()) {
            // The lines arrive in the list.
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
