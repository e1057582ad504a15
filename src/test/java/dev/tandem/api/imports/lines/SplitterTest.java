package dev.tandem.api.imports.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.transfer.RawLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SplitterTest {

    private static final int LONGEST = 60;
    private static final String CHARACTERS = "{}[]\"\\,:\n 1aä";

    @Test
    void cutsLinesWhereTheyEnd() {
        assertThat(texts("{\"a\":1}\n{\"b\":2}\r\n{\"c\":3}")).containsExactly("{\"a\":1}", "{\"b\":2}\r", "{\"c\":3}");
        assertThat(texts("")).isEmpty();
        assertThat(texts("\n \n\t\r\n")).isEmpty();
    }

    @Test
    void cutsArraysBetweenTheirElements() {
        assertThat(texts(" [ {\"a\": \"[,]\\\"}\"} ,[1,[2]],3, \"x,y\" ]\n"))
                .containsExactly(" {\"a\": \"[,]\\\"}\"} ", "[1,[2]]", "3", " \"x,y\" ");
        assertThat(texts("[]")).isEmpty();
        assertThat(texts("[ ]")).isEmpty();
    }

    @Test
    void anArrayWithoutAnEndHasALineThatCantBeRead() {
        assertThat(texts("[{\"a\":1}")).containsExactly("{\"a\":1}[");
        assertThat(texts("[{\"a\":1},")).containsExactly("{\"a\":1}", "[");
        assertThat(texts("[")).containsExactly("[");
    }

    @Test
    void whatStandsBehindAnArrayCantBeRead() {
        assertThat(texts("[1]\n{\"a\":1}\n \n[2]")).containsExactly("1", "{\"a\":1}[", "[2][");
    }

    @Test
    void anElementThatIsMissingCantBeRead() {
        assertThat(texts("[1,]")).containsExactly("1", "[");
        assertThat(texts("[,1]")).containsExactly("[", "1");
        assertThat(texts("[ , ]")).containsExactly(" [", " [");
    }

    @Test
    void readsOverAByteOrderMark() {
        assertThat(texts("\uFEFF[1,2]")).containsExactly("1", "2");
        assertThat(texts("\uFEFF{}\n{}")).containsExactly("{}", "{}");
    }

    @Test
    void onlyWhiteSpaceSaysNothing() {
        assertThat(texts("\0\0\n\n1")).containsExactly("\0\0", "1");
    }

    @Test
    void numbersLinesThatSaySomething() {
        assertThat(lines("a\n\nb\n", 1)).extracting(RawLine::number).containsExactly(1L, 2L);
    }

    @Test
    void keepsOfALineThatIsTooLongAsMuchAsIsAllowed() {
        List<RawLine> lines = lines("x".repeat(LONGEST) + "\n" + "y".repeat(LONGEST + 1) + "\nz", 7);
        assertThat(lines).extracting(RawLine::isWhole).containsExactly(true, false, true);
        assertThat(lines.get(1).octets()).hasSize(LONGEST);
        assertThat(lines.get(2).octets()).containsExactly('z');
    }

    /** In whatever pieces the body arrives, the lines are the same. */
    @RepeatedTest(50)
    void doesNotCareHowTheBodyArrives() {
        Random random = new Random();
        StringBuilder body = new StringBuilder(random.nextBoolean() ? "[" : "{");
        int length = random.nextInt(300);
        for (int i = 0; i < length; i++) {
            body.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        String text = body.toString();
        assertThat(texts(lines(text, random.nextInt(1, 9)))).as(text).isEqualTo(texts(text));
    }

    private static List<String> texts(String body) {
        return texts(lines(body, Integer.MAX_VALUE));
    }

    private static List<String> texts(List<RawLine> lines) {
        return lines.stream()
                .map(line -> new String(line.octets(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<RawLine> lines(String body, int portion) {
        List<RawLine> lines = new ArrayList<>();
        Splitter splitter = new Splitter(LONGEST, lines::add);
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < octets.length; from += Math.min(portion, octets.length)) {
            int to = (int) Math.min(octets.length, (long) from + portion);
            for (int at = from; at < to; at = splitter.take(octets, at, to)) {
                // The lines are handed on.
            }
        }
        splitter.end();
        return lines;
    }
}
