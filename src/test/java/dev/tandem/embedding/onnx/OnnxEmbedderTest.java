package dev.tandem.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.ChunkText;
import dev.tandem.embedding.Chunker;
import dev.tandem.embedding.Embedder;
import dev.tandem.work.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real models. */
@Execution(CONCURRENT)
class OnnxEmbedderTest {

    private static final WorkerPool CHUNKS = new WorkerPool("embedding", 2, 16);
    private static final WorkerPool QUERIES = new WorkerPool("query", 1, 16);
    private static final OnnxModel MINILM = new OnnxModel(BundledModel.ALL_MINILM_L6_V2);
    private static final OnnxModel BGE = new OnnxModel(BundledModel.BGE_SMALL_EN_V15);

    @AfterAll
    static void close() {
        CHUNKS.close();
        QUERIES.close();
        MINILM.close();
        BGE.close();
    }

    @ParameterizedTest
    @EnumSource
    void givesUnitVectorsOfItsDimensions(BundledModel which) {
        Embedder embedder = embedder(which);

        assertThat(chunks(embedder, "A cat.", "A much longer text about a cat that sleeps on a warm roof."))
                .hasSize(2)
                .allSatisfy(vector -> {
                    assertThat(vector.dimensions()).isEqualTo(embedder.dimensions());
                    assertThat(vector.length()).isCloseTo(1, within(1e-6));
                });
    }

    @ParameterizedTest
    @EnumSource
    void givesATextTheSameVectorWhateverIsBesideIt(BundledModel which) {
        Embedder embedder = embedder(which);
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            texts.add("Passage number " + i + " speaks of " + "cats and dogs ".repeat(i));
        }

        List<Vector> together = chunks(embedder, texts.toArray(String[]::new));

        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i)).isEqualTo(chunk(embedder, texts.get(i)));
        }
        assertThat(together).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void placesAQueryNearItsAnswer(BundledModel which) {
        Embedder embedder = embedder(which);
        Vector query = query(embedder, "How do vaccines protect against disease?");

        double related = query.dot(chunk(embedder, "Immunisation trains the body's defences to recognise a pathogen."));
        double unrelated = query.dot(chunk(embedder, "The stock market closed lower on Friday after a weak report."));

        assertThat(related).isGreaterThan(unrelated + 0.1);
    }

    @Test
    void instructsBgeOnQueriesOnly() {
        String text = "symptoms of influenza";
        Embedder bge = embedder(BundledModel.BGE_SMALL_EN_V15);
        Vector instructed = chunk(bge, "Represent this sentence for searching relevant passages: " + text);

        assertThat(query(bge, text)).isEqualTo(instructed).isNotEqualTo(chunk(bge, text));
    }

    @Test
    void doesNotInstructMiniLm() {
        Embedder miniLm = embedder(BundledModel.ALL_MINILM_L6_V2);

        assertThat(query(miniLm, "symptoms of influenza")).isEqualTo(chunk(miniLm, "symptoms of influenza"));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheWholeWindowAndNothingBeyond(BundledModel which) {
        Embedder embedder = embedder(which);
        String full = "word ".repeat(embedder.maxTokens());
        String lastChanged = "word ".repeat(embedder.maxTokens() - 1) + "volcano";

        assertThat(embedder.tokenizer().tokenize(full).count()).isEqualTo(embedder.maxTokens());
        assertThat(chunk(embedder, full + "volcano")).isEqualTo(chunk(embedder, full));
        assertThat(chunk(embedder, lastChanged)).isNotEqualTo(chunk(embedder, full));
        assertThat(query(embedder, "word ".repeat(100_000)).length()).isCloseTo(1, within(1e-6));
    }

    @Test
    void cutsChunksThatTheModelReadsToTheEnd() {
        Embedder embedder = embedder(BundledModel.ALL_MINILM_L6_V2);
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            Chunking chunking = new Chunking(16 + random.nextInt(60), random.nextInt(16));
            for (ChunkText chunk : new Chunker(embedder, chunking).cut("On énergie", randomText(random))) {
                assertThat(embedder.tokenizer().tokenize(chunk.text()).count())
                        .as(chunk.text())
                        .isBetween(1, chunking.maxTokens());
            }
        }
    }

    @Test
    void answersAQueryWhileAllChunkThreadsAreBusy() {
        CountDownLatch busy = new CountDownLatch(1);
        try (WorkerPool stuck = new WorkerPool("embedding", 1, 1)) {
            Embedder embedder = new OnnxEmbedder(MINILM, stuck, QUERIES, 1);
            stuck.executor().execute(() -> await(busy));

            assertThat(query(embedder, "Am I served?").length()).isCloseTo(1, within(1e-6));

            stuck.executor().execute(() -> {});
            assertThatThrownBy(() -> chunk(embedder, "There is no room.")).isInstanceOf(Refusal.Unavailable.class);
            busy.countDown();
        }
    }

    @Test
    void takesMoreChunksInOneCallThanMayWait() {
        Embedder embedder = embedder(BundledModel.ALL_MINILM_L6_V2);

        assertThat(chunks(embedder, "one two three ".repeat(200).split(" "))).hasSize(600);
        assertThat(chunks(embedder)).isEmpty();
    }

    @Test
    void refusesToWorkOnceClosed() {
        OnnxModel closed = new OnnxModel(BundledModel.ALL_MINILM_L6_V2);
        closed.embed("loads it");
        closed.close();

        assertThatThrownBy(() -> closed.embed("too late")).isInstanceOf(IllegalStateException.class);
    }

    private static Embedder embedder(BundledModel which) {
        return new OnnxEmbedder(which == BundledModel.ALL_MINILM_L6_V2 ? MINILM : BGE, CHUNKS, QUERIES, 2);
    }

    private static List<Vector> chunks(Embedder embedder, String... texts) {
        return embedder.embedChunks(List.of(texts)).await().indefinitely();
    }

    private static Vector chunk(Embedder embedder, String text) {
        return chunks(embedder, text).getFirst();
    }

    private static Vector query(Embedder embedder, String text) {
        return embedder.embedQuery(text).await().indefinitely();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(900); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(12)) {
                        case 0 -> ' ';
                        case 1 -> 0xC0 + random.nextInt(0x400);
                        case 2 -> random.nextBoolean() ? 0x4E00 + random.nextInt(99) : '.';
                        case 3 -> random.nextInt(9) == 0 ? '\n' : 0x1F600;
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }
}
