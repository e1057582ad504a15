package dev.tandem.embedding.rerank;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.Logged;
import dev.tandem.testing.ScriptedReranker;
import dev.tandem.testing.ScriptedReranker.Asked;
import dev.tandem.testing.ScriptedReranker.Fault;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a server that refuses everything that the two APIs do not have, and fails on request. */
class RerankerTest {

    private static final WorkerPool POOL = new WorkerPool("answer", 2, 100);
    private static Vertx vertx = Vertx.vertx();
    private static ScriptedReranker server = new ScriptedReranker(vertx);
    private static int port;

    @TempDir
    private Path folder = Path.of("");

    private final List<Reranker> rerankers = new ArrayList<>();

    @BeforeAll
    static void listen() {
        port = server.listen(0);
    }

    @AfterAll
    static void end() {
        server.close();
        POOL.close();
        get(Uni.createFrom().completionStage(vertx.close().toCompletionStage()).replaceWith(true));
    }

    @BeforeEach
    void begin() {
        server.reset();
    }

    @AfterEach
    void close() {
        server.reset();
        rerankers.forEach(Reranker::close);
    }

    @ParameterizedTest
    @EnumSource(RerankProtocol.class)
    void eachTextGetsItsScoreInWhateverOrderTheyAreAnswered(RerankProtocol protocol) {
        double[] scores =
                get(reranker(protocol).scores("tea", List.of("score=0.25", "score=-3", "score=0.75", "none")));
        assertThat(scores).containsExactly(0.25, -3, 0.75, 0);
        assertThat(server.requests())
                .containsExactly(new Asked("tea", List.of("score=0.25", "score=-3", "score=0.75", "none")));
    }

    @ParameterizedTest
    @EnumSource(RerankProtocol.class)
    void textsAreDividedIntoRequestsOfWhichAFewAreUnderWay(RerankProtocol protocol) {
        Reranker reranker = reranker(protocol, "batch-size", "7", "concurrency", "3");
        server.mostTexts(7);
        double[] scores = get(reranker.scores("tea", texts(100)));
        assertThat(scores)
                .containsExactly(IntStream.range(0, 100).mapToDouble(i -> i).toArray());
        assertThat(server.requests()).hasSize(15);
        assertThat(server.texts()).containsExactlyInAnyOrderElementsOf(texts(100));
        assertThat(server.mostUnderWay()).isLessThanOrEqualTo(3);
    }

    @Test
    void textsAndQueryAreCutBetweenCharacters() {
        String emoji = "\ud83c\udf75".repeat(60);
        get(reranker(RerankProtocol.COHERE, "text-characters", "101").scores(emoji, List.of(emoji, "x" + emoji)));
        assertThat(server.requests())
                .containsExactly(new Asked(
                        emoji.substring(0, 100), List.of(emoji.substring(0, 100), "x" + emoji.substring(0, 100))));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void eachFailureHasAName(Fault fault) {
        for (RerankProtocol protocol : RerankProtocol.values()) {
            Reranker reranker = reranker(protocol, "timeout", "300ms");
            server.always(fault);
            Refusal.Unavailable refusal = unavailable(reranker, 3);
            assertThat(refusal.code())
                    .isEqualTo(
                            switch (fault) {
                                case BUSY -> "rerank.busy";
                                case UNAUTHORIZED, REFUSES, TOO_LONG, NOT_FOUND, MOVED -> "rerank.misconfigured";
                                case BROKEN, OVERLOADED, HANGS, CUT -> "rerank.away";
                                default -> "rerank.bad_answer";
                            });
            assertThat(refusal.detail()).startsWith("The server of the reranker '" + RerankSamples.NAME + "' ");
        }
    }

    @Test
    void aBadAnswerIsDescribed() {
        Map<Fault, String> sentences = Map.of(
                Fault.HALF, "no complete JSON",
                Fault.JUNK, "no complete JSON",
                Fault.EMPTY, "no list 'results'",
                Fault.ANOTHER_SHAPE, "no list 'results'",
                Fault.TOO_FEW, "2 scores for 3 texts",
                Fault.TOO_MANY, "4 scores for 3 texts",
                Fault.TWICE_ONE_INDEX, "from 0 to 2, once each",
                Fault.NOT_A_NUMBER, "no finite number");
        sentences.forEach((fault, sentence) -> {
            server.always(fault);
            assertThat(unavailable(reranker(RerankProtocol.COHERE), 3).detail())
                    .as(fault.name())
                    .contains(sentence);
        });
        server.always(null);
        assertThat(get(reranker(RerankProtocol.COHERE).scores("tea", List.of("score=1"))))
                .containsExactly(1);
    }

    @Test
    void oneRequestThatFailsIsAFailureOfAll() {
        server.next(Fault.TOO_FEW);
        assertThat(unavailable(reranker(RerankProtocol.TEI, "batch-size", "2"), 5)
                        .code())
                .isEqualTo("rerank.bad_answer");
    }

    @Test
    void manyRequestsTogetherTakeNoLongerThanOneMay() {
        server.always(Fault.HANGS);
        Reranker reranker = reranker(RerankProtocol.TEI, "batch-size", "1", "concurrency", "2", "timeout", "400ms");
        long begun = System.nanoTime();
        assertThat(unavailable(reranker, 20).detail()).contains("It did not answer within PT0.4S");
        assertThat(System.nanoTime() - begun).isLessThan(4_000_000_000L);
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aServerThatIsNotThereIsAway() {
        ScriptedReranker other = new ScriptedReranker(vertx);
        int free = other.listen(0);
        other.close();
        Reranker reranker = reranker(RerankProtocol.TEI, "url", "http://localhost:" + free);
        assertThat(unavailable(reranker, 1).code()).isEqualTo("rerank.away");
        other.listen(free);
        assertThat(get(reranker.scores("tea", List.of("score=1")))).containsExactly(1);
        other.close();
    }

    /** Until it answers again, a search in each pause waits for it, and all others are refused without being sent. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HANGS", "BROKEN", "OVERLOADED", "CUT"})
    void aServerThatIsAwayIsLeftAloneUntilItIsBack(Fault fault) {
        Reranker reranker = reranker(RerankProtocol.COHERE, "timeout", "200ms");
        server.always(fault);
        for (int i = 0; i < 3; i++) {
            assertThat(unavailable(reranker, 1).detail()).doesNotContain("after a pause");
        }
        assertThat(server.requests()).hasSize(3);
        Refusal.Unavailable[] refused = new Refusal.Unavailable[1];
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            int before = server.requests().size();
            refused[0] = unavailable(reranker, 1);
            return server.requests().size() == before;
        });
        assertThat(refused[0].code()).isEqualTo("rerank.away");
        assertThat(refused[0].detail())
                .contains("'scripted' is unavailable.")
                .endsWith("It is asked again after a pause.");
        assertThat(refused[0].retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(reranker.isFailing()).isTrue();
        server.always(null);
        server.release();
        await().atMost(PATIENCE).until(() -> answers(reranker));
        for (int i = 0; i < 3; i++) {
            assertThat(answers(reranker)).isTrue();
        }
        assertThat(reranker.isFailing()).isFalse();
    }

    /** A text that is too long says nothing about the server, and neither does an answer that is of no use. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TOO_LONG", "REFUSES", "UNAUTHORIZED", "BUSY", "TOO_FEW", "JUNK"})
    void aServerThatAnswersIsNotAway(Fault fault) {
        Reranker reranker = reranker(RerankProtocol.TEI);
        server.always(fault);
        for (int i = 0; i < 10; i++) {
            unavailable(reranker, 2);
        }
        assertThat(server.requests()).hasSize(10);
        server.always(null);
        assertThat(answers(reranker)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BUSY", "OVERLOADED"})
    void aPauseThatTheServerAsksForIsKept(Fault fault) {
        Reranker reranker = reranker(RerankProtocol.COHERE);
        server.pause("30");
        server.next(fault);
        assertThat(unavailable(reranker, 1).retryAfter()).hasSeconds(30);
        assertThat(unavailable(reranker, 1).retryAfter()).hasSeconds(30);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void asManyWaitAsMay() {
        server.always(Fault.HANGS);
        Reranker reranker = reranker(RerankProtocol.COHERE, "concurrency", "1", "queue", "1", "timeout", "1s");
        List<Uni<double[]>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Uni<double[]> call =
                    reranker.scores("tea", List.of("tea")).memoize().indefinitely();
            call.subscribe().with(scores -> {}, failure -> {});
            calls.add(call);
            await().atMost(PATIENCE).until(() -> server.hangingNow() == 1);
        }
        assertThat(calls.stream()
                        .map(call -> catchThrowableOfType(Refusal.Unavailable.class, () -> get(call)))
                        .map(Refusal::code))
                .containsOnlyOnce("rerank.busy");
    }

    @Test
    void aFailureIsLoggedOnceUntilItIsOver() {
        Reranker reranker = reranker(RerankProtocol.COHERE);
        try (Logged logged = new Logged(Level.INFO)) {
            server.next(Fault.BROKEN, Fault.TOO_FEW);
            unavailable(reranker, 2);
            unavailable(reranker, 2);
            get(reranker.scores("tea", List.of("tea")));
            get(reranker.scores("tea", List.of("tea")));
            assertThat(logged.lines())
                    .filteredOn(line -> line.contains("scripted fails"))
                    .hasSize(1);
            assertThat(logged.lines())
                    .filteredOn(line -> line.contains("scripted works again"))
                    .hasSize(1);
        }
    }

    @Test
    void theKeyIsInNoTextAndIsReadAgainWhenItIsRefused() throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, "old-key-of-mine\n");
        List<String> read = new ArrayList<>();
        try (Logged logged = new Logged(Level.ALL)) {
            Reranker reranker = reranker(RerankProtocol.COHERE, "key", "", "key-file", file.toString());
            read.add(unavailable(reranker, 1).detail());
            Files.writeString(file, ScriptedReranker.KEY + "\n");
            read.add(unavailable(reranker, 1).detail());
            assertThat(get(reranker.scores("tea", List.of("score=1")))).containsExactly(1);
            read.add(reranker.toString());
            read.addAll(logged.lines());
        }
        assertThat(read).anyMatch(text -> text.contains("401: Wrong key: Bearer ***"));
        assertThat(read).noneMatch(text -> text.contains("old-key-of-mine") || text.contains(ScriptedReranker.KEY));
    }

    private Reranker reranker(RerankProtocol protocol, String... settings) {
        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            more.put(settings[i], settings[i + 1]);
        }
        Reranker reranker = new Reranker(vertx, RerankSamples.of(port, protocol, more), POOL);
        rerankers.add(reranker);
        return reranker;
    }

    private static boolean answers(Reranker reranker) {
        return get(reranker.scores("tea", List.of("score=1"))
                .map(scores -> scores[0] == 1)
                .onFailure(Refusal.Unavailable.class)
                .recoverWithItem(false));
    }

    private static Refusal.Unavailable unavailable(Reranker reranker, int texts) {
        return catchThrowableOfType(Refusal.Unavailable.class, () -> get(reranker.scores("tea", texts(texts))));
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "score=" + i).toList();
    }
}
