package dev.tandem.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.embedding.Chunking;
import dev.tandem.testing.FakeEmbedder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Rules that hold for every document and every chunking. */
class ChunkerLawsTest {

    private final FakeEmbedder embedder = new FakeEmbedder();

    @Property
    void theSameDocumentIsAlwaysCutTheSameWay(
            @ForAll("texts") String title, @ForAll("texts") String content, @ForAll("chunkings") Chunking chunking) {
        assertThat(new Chunker(new FakeEmbedder(), chunking).cut(title, content))
                .isEqualTo(new Chunker(embedder, chunking).cut(title, content));
    }

    @Property
    void allThatIsNotWhiteSpaceIsInAChunk(@ForAll("texts") String content, @ForAll("chunkings") Chunking chunking) {
        boolean[] covered = new boolean[content.length()];
        for (ChunkText chunk : cut("", content, chunking)) {
            for (int i = chunk.start(); i < chunk.end(); i++) {
                covered[i] = true;
            }
        }
        for (int i = 0; tokens(content) > 0 && i < covered.length; i++) {
            assertThat(covered[i] || Character.isWhitespace(content.charAt(i)))
                    .as("position %d", i)
                    .isTrue();
        }
    }

    @Property
    void aChunkIsWhatItsOffsetsSay(@ForAll("texts") String content, @ForAll("chunkings") Chunking chunking) {
        for (ChunkText chunk : cut("", content, chunking)) {
            assertThat(chunk.text()).isNotBlank().isEqualTo(content.substring(chunk.start(), chunk.end()));
            assertThat(splitsAPair(content, chunk.start()) || splitsAPair(content, chunk.end()))
                    .isFalse();
        }
    }

    @Property
    void everyChunkBeginsAndEndsAfterTheOneBefore(
            @ForAll("texts") String content, @ForAll("chunkings") Chunking chunking) {
        List<ChunkText> chunks = cut("", content, chunking);
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).ordinal()).isEqualTo(i);
            if (i > 0) {
                assertThat(chunks.get(i).start())
                        .isGreaterThan(chunks.get(i - 1).start());
                assertThat(chunks.get(i).end()).isGreaterThan(chunks.get(i - 1).end());
            }
        }
    }

    @Property
    void noChunkIsLongerThanAsked(
            @ForAll("texts") String title, @ForAll("texts") String content, @ForAll("chunkings") Chunking chunking) {
        for (ChunkText chunk : cut(title, content, chunking)) {
            assertThat(tokens(chunk.text())).isBetween(1, chunking.maxTokens());
        }
    }

    @Property
    void noOverlapIsLongerThanAsked(@ForAll("texts") String content, @ForAll("chunkings") Chunking chunking) {
        List<ChunkText> chunks = cut("", content, chunking);
        for (int i = 1; i < chunks.size(); i++) {
            int start = chunks.get(i).start();
            int end = chunks.get(i - 1).end();
            assertThat(start < end ? tokens(content.substring(start, end)) : 0)
                    .isLessThanOrEqualTo(chunking.overlapTokens());
        }
    }

    @Property
    void shortWordsAreRepeatedExactly(
            @ForAll @IntRange(min = 10, max = 300) int words, @ForAll @IntRange(min = 0, max = 10) int overlap) {
        List<ChunkText> chunks = cut("", "word ".repeat(words), new Chunking(20, overlap));
        for (int i = 1; i < chunks.size(); i++) {
            int repeated = chunks.get(i - 1).end() - chunks.get(i).start() + 1;
            assertThat(Math.max(0, repeated)).isEqualTo(overlap * "word ".length());
        }
    }

    @Property
    void aDocumentThatFitsIsNotCut(@ForAll("texts") String title, @ForAll("texts") String content) {
        int tokens = tokens(title) + tokens(content);
        if (tokens > 0 && tokens <= embedder.maxTokens()) {
            assertThat(cut(title, content, new Chunking(tokens, 0))).hasSize(1);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.strings()
                                .withCharRange('a', 'f')
                                .ofMinLength(1)
                                .ofMaxLength(7)),
                Tuple.of(6, Arbitraries.of(" ", " ", "\n", "\n\n", "\t", "\u00a0")),
                Tuple.of(2, Arbitraries.of(". ", "? ", "。", ", ", "-")),
                Tuple.of(1, Arbitraries.of("😀", "👩‍🚀", "中文", "e\u0301", "\u200b", "x".repeat(40))));
        return pieces.list().ofMaxSize(120).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<Chunking> chunkings() {
        return Arbitraries.integers()
                .between(1, 40)
                .flatMap(max -> Arbitraries.integers().between(0, max).map(overlap -> new Chunking(max, overlap)));
    }

    private List<ChunkText> cut(String title, String content, Chunking chunking) {
        return new Chunker(embedder, chunking).cut(title, content);
    }

    private int tokens(String text) {
        return embedder.tokenizer().tokenize(text).count();
    }

    private static boolean splitsAPair(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
    }
}
