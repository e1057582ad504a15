package dev.tandem.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.tandem.embedding.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hugging Face's own tokenizer is the oracle. */
class WordPieceTest {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static WordPiece wordPiece;
    private static HuggingFaceTokenizer oracle;

    @BeforeAll
    static void load() throws IOException {
        wordPiece = new WordPiece(BundledModel.BGE_SMALL_EN_V15.vocabulary());
        try (var json = WordPieceTest.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json")) {
            oracle = HuggingFaceTokenizer.newInstance(
                    json, Map.of("padding", "false", "truncation", "false", "modelMaxLength", "100000"));
        }
    }

    @AfterAll
    static void close() {
        oracle.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\n ",
                "A line scan diffusion-weighted MRI (n = 17) costs $1.2 at 28 wk; it's 50%-ish.",
                "unaffable embeddings: antidisestablishmentarianism",
                "naïve Ångström e\u0301te\u0301 İstanbul ΣΊΣΥΦΟΣ Straße ﬁne",
                "中文字符和English混合。日本語のテキスト 한국어",
                "emoji 😀👩‍🚀 x😀y, zero\u200bwidth, soft\u00adhyphen, nbsp\u00a0here, line\u2028separated",
                "tab\tline\nreturn\rfeed\fvertical\u000bbell\u0007nul\u0000",
                "под Москвой идёт снег، مرحبا بالعالم שלום नमस्ते ภาษาไทย",
                "`~!@#$%^&*()_+-=[]{}|;':\",./<>? «quoted» “curly” … – — ¿qué?"
            })
    void readsTheNumbersThatHuggingFaceReads(String text) {
        assertThat(wordPiece.numbers(text, UNLIMITED))
                .isEqualTo(oracle.encode(text).getIds());
    }

    @Test
    void readsRandomTextsAsHuggingFaceDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 2000; round++) {
            String text = randomText(random);
            assertThat(wordPiece.numbers(text, UNLIMITED))
                    .as(text)
                    .isEqualTo(oracle.encode(text).getIds());
        }
    }

    @Test
    void readsAWordOf100CharactersAsHuggingFaceDoes() {
        String longest = "ab".repeat(50);

        assertThat(wordPiece.numbers(longest, UNLIMITED))
                .isEqualTo(oracle.encode(longest).getIds());
    }

    @Test
    void readsALongerWordInParts() {
        String part = "ab".repeat(50);

        assertThat(wordPiece.numbers(part + part + "ab", UNLIMITED))
                .isEqualTo(wordPiece.numbers(part + " " + part + " ab", UNLIMITED));
    }

    @Test
    void takesWhatLooksLikeASpecialTokenForText() {
        assertThat(wordPiece.tokenize("[SEP]").count()).isEqualTo(3);
    }

    @Test
    void stopsAtTheLimit() {
        long[] all = wordPiece.numbers("one two three four", UNLIMITED);

        assertThat(wordPiece.numbers("one two three four", 2)).containsExactly(all[0], all[1], all[2], all[5]);
    }

    @Test
    void placesTokensInUtf16Units() {
        String text = "😀 Naïve, unaffable 中文";

        Tokens tokens = wordPiece.tokenize(text);

        assertThat(words(text, tokens)).containsExactly("😀", "Naïve", ",", "una", "ffa", "ble", "中", "文");
    }

    @Test
    void countsTheTokensThatTheModelReads() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            String text = randomText(random);
            assertThat(wordPiece.tokenize(text).count() + 2).isEqualTo(wordPiece.numbers(text, UNLIMITED).length);
        }
    }

    private static String[] words(String text, Tokens tokens) {
        String[] words = new String[tokens.count()];
        for (int i = 0; i < words.length; i++) {
            words[i] = text.substring(tokens.start(i), tokens.end(i));
        }
        return words;
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(8)) {
                        case 0 -> ' ';
                        case 1, 2, 3 -> 'a' + random.nextInt(26);
                        case 4 -> 1 + random.nextInt(126);
                        case 5 -> 0x80 + random.nextInt(0x500);
                        case 6 -> 0x3000 + random.nextInt(0x6000);
                        default -> 0x1F300 + random.nextInt(0x300);
                    });
        }
        return text.toString();
    }
}
