package dev.tandem.domain.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.transfer.RawLine.Flaw;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedLinesTest {

    @Test
    void linesComeBackWithTheirFlaws() {
        Flaw flaw = new Flaw("/metadata/\0ä😀", "csv.type", "This cell must be a number.");
        List<RawLine> lines = List.of(
                new RawLine(2, octets("{}"), true),
                new RawLine(3, octets("{"), true, flaw),
                new RawLine(7, octets("{\"a"), false),
                new RawLine(9, octets(""), true, new Flaw("", "csv.cells", "")));
        assertSame(PackedLines.of(lines).unpack(), lines);
        List<RawLine> sound = lines.subList(0, 1);
        assertSame(PackedLines.of(sound).unpack(), sound);
        assertSame(PackedLines.of(List.of()).unpack(), List.of());
    }

    private static void assertSame(List<RawLine> unpacked, List<RawLine> lines) {
        assertThat(unpacked).usingRecursiveComparison().isEqualTo(lines);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
