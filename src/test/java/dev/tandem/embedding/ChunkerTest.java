package dev.tandem.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.embedding.Chunking;
import dev.tandem.testing.FakeEmbedder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChunkerTest {

    @Test
    void leavesADocumentThatFitsInOnePiece() {
        assertThat(cut(6, 2, "Two words", "and four words more"))
                .containsExactly(new ChunkText(0, 0, 19, "Two words\nand four words more"));
    }

    @Test
    void cutsADocumentThatIsOneTokenTooLong() {
        assertThat(cut(8, 0, "Two words", "and six more words are left")).hasSize(1);
        assertThat(cut(8, 0, "Two words", "and seven more words are left now")).hasSize(2);
    }

    @Test
    void embedsATitleWithoutContent() {
        assertThat(cut(6, 2, " Only a title ", null)).containsExactly(new ChunkText(0, 0, 0, "Only a title"));
        assertThat(cut(6, 2, "Only a title", " \n ")).containsExactly(new ChunkText(0, 0, 0, "Only a title"));
    }

    @Test
    void embedsContentWithoutATitle() {
        assertThat(cut(6, 2, null, "  some words ")).containsExactly(new ChunkText(0, 2, 12, "some words"));
        assertThat(cut(6, 2, "  ", "some words")).containsExactly(new ChunkText(0, 0, 10, "some words"));
    }

    @Test
    void embedsNothingBlank() {
        assertThat(cut(6, 2, null, null)).isEmpty();
        assertThat(cut(6, 2, " ", "\t\n")).isEmpty();
        // Not blank, but nothing that the model reads.
        assertThat(cut(6, 2, "\u200b", "\u200b")).isEmpty();
    }

    @Test
    void putsTheTitleInFrontOfEachChunk() {
        assertThat(cut(8, 0, "A title", "one two three four five six seven eight nine"))
                .hasSize(2)
                .allSatisfy(chunk -> assertThat(chunk.text()).startsWith("A title\n"));
    }

    @Test
    void cutsALongTitleToAQuarterOfTheChunk() {
        List<ChunkText> chunks = cut(8, 0, "a very long title indeed", "one two three four five six seven eight");

        assertThat(chunks)
                .extracting(ChunkText::text)
                .containsExactly("a very\none two three four five six", "a very\nseven eight");
    }

    @Test
    void cutsATitleWithoutContentToTheWholeChunk() {
        assertThat(cut(3, 0, "a very long title", null)).containsExactly(new ChunkText(0, 0, 0, "a very long"));
    }

    @Test
    void repeatsAsManyTokensAsAsked() {
        assertThat(cut(6, 2, null, "a b c d e f g h i j k"))
                .extracting(ChunkText::text)
                .containsExactly("a b c d e f", "e f g h i j", "i j k");
    }

    @Test
    void prefersTheEndOfASentence() {
        assertThat(cut(9, 0, null, "One two three. Four five six seven. Eight nine ten eleven."))
                .extracting(ChunkText::text)
                .containsExactly("One two three. Four five six seven.", "Eight nine ten eleven.");
    }

    @Test
    void prefersTheEndOfAParagraphToThatOfASentence() {
        assertThat(cut(10, 0, null, "one two three four five six\n\nSeven eight. Nine ten eleven twelve."))
                .extracting(ChunkText::text)
                .containsExactly("one two three four five six", "Seven eight. Nine ten eleven twelve.");
    }

    @Test
    void doesNotCutAtASentenceThatLeavesAChunkHalfEmpty() {
        assertThat(cut(9, 0, null, "One two. Three four five six seven eight nine ten eleven."))
                .first()
                .extracting(ChunkText::text)
                .isEqualTo("One two. Three four five six seven eight nine");
    }

    @Test
    void startsTheOverlapWithAWord() {
        // "abcdefghijkl" is two tokens; an overlap of one would begin within it.
        assertThat(cut(6, 1, null, "a b c d abcdefghijkl e f"))
                .extracting(ChunkText::text)
                .containsExactly("a b c d abcdefghijkl", "e f");
    }

    @Test
    void cutsATextWithoutSpaces() {
        String content = "0123456789abcdef".repeat(10);

        List<ChunkText> chunks = cut(5, 1, null, content);

        assertThat(chunks).hasSizeGreaterThan(3);
        assertThat(chunks.getFirst().text()).isEqualTo(content.substring(0, 40));
        assertThat(chunks.getLast().end()).isEqualTo(content.length());
    }

    @Test
    void neverExceedsTheModelsWindow() {
        assertThat(cut(10_000, 0, null, "word ".repeat(1000))).allSatisfy(chunk -> assertThat(
                        new FakeEmbedder().tokenizer().tokenize(chunk.text()).count())
                .isLessThanOrEqualTo(512));
    }

    @Test
    @Timeout(20)
    void cutsAMillionCharactersInTimeProportionalToThem() {
        String sentence = "This sentence is one of very many, and they are all alike. ";
        cut(200, 20, "warm up", sentence.repeat(1000));

        Duration tenth = timeToCut(sentence.repeat(100_000 / sentence.length()));
        Duration whole = timeToCut(sentence.repeat(1_000_000 / sentence.length()));

        // Ten times the text; quadratic work would take a hundred times as long.
        assertThat(whole).isLessThan(tenth.multipliedBy(50).plusMillis(200));
    }

    private static Duration timeToCut(String content) {
        long start = System.nanoTime();
        assertThat(cut(200, 20, "title", content)).hasSizeGreaterThan(50);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static List<ChunkText> cut(int maxTokens, int overlap, String title, String content) {
        return new Chunker(new FakeEmbedder(), new Chunking(maxTokens, overlap)).cut(title, content);
    }
}
