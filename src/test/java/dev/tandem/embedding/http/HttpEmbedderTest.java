package dev.tandem.embedding.http;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.PartlyEmbedded;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.ScriptedEmbeddings;
import dev.tandem.testing.ScriptedEmbeddings.Fault;
import dev.tandem.work.WorkerPool;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that refuses everything that the API does not have, and fails on request. */
class HttpEmbedderTest {

    private static final WorkerPool POOL = new WorkerPool("answer", 2, 100);
    private static Vertx vertx = Vertx.vertx();
    private static ScriptedEmbeddings server = new ScriptedEmbeddings(vertx);
    private static int port;

    private final List<HttpEmbedder> embedders = new ArrayList<>();

    @BeforeAll
    static void listen() {
        port = server.listen(0);
    }

    @AfterAll
    static void end() {
        server.close();
        POOL.close();
        get(io.smallrye.mutiny.Uni.createFrom()
                .completionStage(vertx.close().toCompletionStage())
                .replaceWith(true));
    }

    @BeforeEach
    void begin() {
        server.reset();
    }

    @AfterEach
    void close() {
        server.reset();
        embedders.forEach(HttpEmbedder::close);
    }

    @Test
    void eachTextGetsItsOwnVectorHoweverTheyAreSent() {
        List<String> texts = texts(100);
        HttpEmbedder embedder = embedder("batch-size", "7", "concurrency", "3");
        assertThat(get(embedder.embedChunks(texts))).isEqualTo(vectors(texts));
        assertThat(server.texts()).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(server.requests()).hasSize(15).allSatisfy(request -> assertThat(request)
                .hasSizeLessThanOrEqualTo(7));
        assertThat(server.mostUnderWay()).isLessThanOrEqualTo(3);
    }

    @Test
    void requestsAreLimitedByTokensToo() {
        // Each has 4 tokens by Tandem's count, the last one has 12.
        List<String> texts =
                List.of("one two six ten", "ten six two one", "six one ten two", "a b c d e f g h i j k l");
        HttpEmbedder embedder = embedder("batch-tokens", "8");
        assertThat(get(embedder.embedChunks(texts))).isEqualTo(vectors(texts));
        assertThat(server.requests())
                .containsExactlyInAnyOrder(texts.subList(0, 2), texts.subList(2, 3), texts.subList(3, 4));
    }

    @Test
    void prefixesAreSentAndCountedButNotStored() {
        HttpEmbedder embedder =
                embedder("document-prefix", "passage: ", "query-prefix", "query: ", "max-tokens", "512");
        assertThat(get(embedder.embedChunks(List.of("tea")))).containsExactly(FakeEmbedder.vectorOf("passage: tea"));
        assertThat(get(embedder.embedQuery("tea"))).isEqualTo(FakeEmbedder.vectorOf("query: tea"));
        assertThat(server.texts()).containsExactly("passage: tea", "query: tea");
        // passage is three tokens, the colon one, and two are the model's own
        assertThat(embedder.maxTokens()).isEqualTo(512 - 4 - 2);
    }

    @Test
    void aQueryIsCutToWhatTheModelReads() {
        HttpEmbedder embedder = embedder("max-tokens", "18");
        get(embedder.embedQuery("a b c d e f g h i j k l m n o p q r s t"));
        assertThat(server.texts()).containsExactly("a b c d e f g h i j k l m n o p");
    }

    @Test
    void theOrderIsThatOfTheIndexes() {
        List<String> texts = texts(10);
        server.always(Fault.SHUFFLED);
        assertThat(get(embedder().embedChunks(texts))).isEqualTo(vectors(texts));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "HALF",
                "JUNK",
                "EMPTY",
                "TOO_FEW",
                "TOO_MANY",
                "TWICE_ONE_INDEX",
                "NO_INDEX",
                "SHORT_VECTORS",
                "STRING_VECTORS",
                "NOT_A_NUMBER",
                "INFINITE",
                "NULLS"
            })
    void anAnswerThatIsNotUsableIsNoTextsFault(Fault fault) {
        HttpEmbedder embedder = embedder("dimensions", String.valueOf(FakeEmbedder.DIMENSIONS));
        server.always(fault);
        Refusal.Unavailable refusal = unavailable(embedder, texts(3));
        assertThat(refusal.code()).isEqualTo("embedding.bad_answer");
        assertThat(refusal.detail())
                .contains("'" + ServerSamples.NAME + "'")
                .contains(
                        switch (fault) {
                            case HALF, JUNK -> "no complete JSON";
                            case EMPTY -> "no JSON object";
                            case TOO_FEW -> "2 vectors for 3 texts";
                            case TOO_MANY -> "more than 3 vectors for 3 texts";
                            case TWICE_ONE_INDEX, NO_INDEX -> "indexes";
                            case SHORT_VECTORS -> "63 dimensions instead of 64";
                            case STRING_VECTORS -> "no 'embedding' that is a list of numbers";
                            default -> "no finite number";
                        });
        server.always(null);
        assertThat(get(embedder.embedChunks(texts(3)))).isEqualTo(vectors(texts(3)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN", "CUT", "HANGS"})
    void aServerThatFailsOrIsSilentIsAway(Fault fault) {
        HttpEmbedder embedder = embedder("timeout", "300ms");
        server.always(fault);
        assertThat(unavailable(embedder, texts(3)).code()).isEqualTo("embedding.away");
        server.always(null);
        server.release();
        assertThat(get(embedder.embedChunks(texts(3)))).isEqualTo(vectors(texts(3)));
    }

    @Test
    void aServerThatIsNotThereIsAway() {
        ScriptedEmbeddings other = new ScriptedEmbeddings(vertx);
        int free = other.listen(0);
        other.close();
        HttpEmbedder embedder = embedder("url", "http://localhost:" + free + "/v1");
        assertThat(unavailable(embedder, texts(1)).code()).isEqualTo("embedding.away");
        assertThat(embedder.dimensions()).isZero();
        other.listen(free);
        // It was asked again by the call above.
        await().atMost(PATIENCE).until(() -> embedder.dimensions() == FakeEmbedder.DIMENSIONS);
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUSY", "OVERLOADED"})
    void aPauseThatTheServerAsksForIsKept(String fault) {
        HttpEmbedder embedder = embedder();
        server.pause("30");
        server.next(Fault.valueOf(fault));
        Refusal.Unavailable refusal = unavailable(embedder, texts(3));
        assertThat(refusal.code()).isEqualTo("embedding.busy");
        assertThat(refusal.retryAfter()).hasSeconds(30);
        assertThat(unavailable(embedder, texts(3)).retryAfter()).hasSeconds(30);
        assertThat(server.requests()).hasSize(1);
        // Queries have not been told to pause.
        assertThat(get(embedder.embedQuery("tea"))).isEqualTo(FakeEmbedder.vectorOf("tea"));
    }

    @Test
    void aServerThatIsBusyWithoutAPauseIsAskedAgain() {
        HttpEmbedder embedder = embedder();
        server.next(Fault.BUSY_WITHOUT_A_WORD);
        assertThat(unavailable(embedder, texts(3)).code()).isEqualTo("embedding.busy");
        assertThat(get(embedder.embedChunks(texts(3)))).isEqualTo(vectors(texts(3)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAUTHORIZED", "FORBIDDEN", "MOVED", "REFUSES_ALL"})
    void aServerThatRefusesEverythingIsMisconfigured(Fault fault) {
        server.always(fault);
        Refusal.Unavailable refusal = unavailable(embedder(), texts(3));
        assertThat(refusal.code()).isEqualTo("embedding.misconfigured");
        assertThat(refusal.detail())
                .contains("status "
                        + (fault == Fault.MOVED
                                ? 301
                                : fault == Fault.FORBIDDEN ? 403 : fault == Fault.UNAUTHORIZED ? 401 : 400));
        // The texts, and where one could be to blame the harmless one.
        assertThat(server.requests()).hasSize(fault == Fault.REFUSES_ALL ? 2 : 1);
    }

    @Test
    void aWrongModelOrAddressIsMisconfigured() {
        assertThat(unavailable(embedder("model", "another"), texts(1)).detail())
                .contains("404: There is no model another");
        assertThat(unavailable(embedder("url", "http://localhost:" + port + "/v2"), texts(1))
                        .code())
                .isEqualTo("embedding.misconfigured");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422, 424, 500})
    void aTextThatTheServerRefusesIsFoundAmongTheOthers(int status) {
        List<String> texts = new ArrayList<>(texts(50));
        texts.set(17, "text with evil in it");
        texts.set(40, "more evil");
        server.refuse("evil", status);
        PartlyEmbedded some =
                catchThrowableOfType(PartlyEmbedded.class, () -> get(embedder().embedChunks(texts)));
        assertThat(some.unavailable()).isNull();
        for (int i = 0; i < texts.size(); i++) {
            boolean isEvil = i == 17 || i == 40;
            assertThat(some.vectors().get(i)).isEqualTo(isEvil ? null : FakeEmbedder.vectorOf(texts.get(i)));
            if (isEvil) {
                assertThat(some.refusal(i, i + 1)).contains("status " + status + ": This model can't read evil.");
            } else {
                assertThat(some.refusal(i, i + 1)).isNull();
            }
        }
        // 2 batches, 5 halvings of each, and the harmless text
        assertThat(server.requests()).hasSizeLessThan(25);
    }

    @Test
    void aTextWhoseVectorIsNoNumberIsRefusedAlone() {
        List<String> texts = new ArrayList<>(texts(8));
        texts.set(3, ScriptedEmbeddings.NAN_WORD);
        PartlyEmbedded some =
                catchThrowableOfType(PartlyEmbedded.class, () -> get(embedder().embedChunks(texts)));
        assertThat(some.refusal(3, 4)).contains("no finite number");
        assertThat(some.vectors()).containsOnlyOnce((Vector) null);
    }

    @Test
    void aRequestThatIsTooLargeIsHalvedUntilItFits() {
        server.mostTexts(3);
        assertThat(get(embedder().embedChunks(texts(20)))).isEqualTo(vectors(texts(20)));
    }

    @Test
    void aFailureThatPassesBlamesNoText() {
        server.next(Fault.BROKEN);
        assertThat(get(embedder().embedChunks(texts(2)))).isEqualTo(vectors(texts(2)));
        server.next(Fault.BROKEN);
        assertThat(get(embedder().embedChunks(texts(1)))).isEqualTo(vectors(texts(1)));
    }

    @Test
    void whatWasMadeBeforeTheServerBecameBusyIsKept() {
        server.next(Fault.SHUFFLED, Fault.BUSY);
        PartlyEmbedded some = catchThrowableOfType(
                PartlyEmbedded.class,
                () -> get(embedder("batch-size", "4", "concurrency", "1").embedChunks(texts(12))));
        assertThat(some.unavailable()).extracting(Refusal::code).isEqualTo("embedding.busy");
        assertThat(some.vectors().subList(0, 4)).isEqualTo(vectors(texts(4)));
        assertThat(some.vectors().subList(4, 12)).containsOnlyNulls();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void queriesDoNotWaitForChunks() {
        HttpEmbedder embedder = embedder("concurrency", "1", "batch-size", "1");
        server.next(Fault.HANGS);
        CompletableFuture<List<Vector>> chunks = embedder.embedChunks(texts(5)).subscribeAsCompletionStage();
        await().atMost(PATIENCE).until(() -> server.hangingNow() == 1);
        assertThat(get(embedder.embedQuery("tea"))).isEqualTo(FakeEmbedder.vectorOf("tea"));
        assertThat(chunks).isNotDone();
        server.release();
        assertThat(chunks).succeedsWithin(PATIENCE).isEqualTo(vectors(texts(5)));
    }

    @Test
    void noMoreQueriesWaitThanMay() {
        HttpEmbedder embedder = embedder("concurrency", "1", "queue", "1");
        server.always(Fault.HANGS);
        CompletableFuture<Vector> first = embedder.embedQuery("one").subscribeAsCompletionStage();
        await().atMost(PATIENCE).until(() -> server.hangingNow() == 1);
        CompletableFuture<Vector> second = embedder.embedQuery("two").subscribeAsCompletionStage();
        assertThatThrownBy(() -> get(embedder.embedQuery("three")))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("embedding.busy"));
        server.always(null);
        server.release();
        assertThat(first).succeedsWithin(PATIENCE);
        assertThat(second).succeedsWithin(PATIENCE);
    }

    /** Chunks have pauses of their own: whoever embeds documents keeps them. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN", "CUT", "HANGS"})
    void queriesLeaveAServerAloneThatIsAway(Fault fault) {
        HttpEmbedder embedder = embedder("query-timeout", "200ms");
        server.always(fault);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            int before = server.requests().size();
            Refusal.Unavailable refusal =
                    catchThrowableOfType(Refusal.Unavailable.class, () -> get(embedder.embedQuery("tea")));
            assertThat(refusal.code()).isEqualTo("embedding.away");
            return server.requests().size() == before && refusal.detail().endsWith("It is asked again after a pause.");
        });
        assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3);
        server.always(null);
        server.release();
        assertThat(get(embedder.embedChunks(texts(3)))).isEqualTo(vectors(texts(3)));
        await().atMost(PATIENCE)
                .until(() -> get(embedder.embedQuery("tea")
                        .map(FakeEmbedder.vectorOf("tea")::equals)
                        .onFailure(Refusal.Unavailable.class)
                        .recoverWithItem(false)));
    }

    @Test
    void queriesThatAreRefusedSayNothingOfTheServer() {
        HttpEmbedder embedder = embedder();
        server.refuse("evil", 500);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> get(embedder.embedQuery("evil"))).isInstanceOf(Refusal.Rejected.class);
        }
        assertThat(get(embedder.embedQuery("tea"))).isEqualTo(FakeEmbedder.vectorOf("tea"));
    }

    @Test
    void aQueryThatTheServerRefusesIsRejected() {
        server.refuse("evil", 422);
        assertThatThrownBy(() -> get(embedder().embedQuery("evil")))
                .isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(violation -> {
                            assertThat(violation.code()).isEqualTo("embedding.query_refused");
                            assertThat(violation.message()).contains("This model can't read evil.");
                        }));
    }

    @Test
    void dimensionsAreAskedForAndSentOnlyIfWanted() {
        server.takeDimensions();
        HttpEmbedder embedder = embedder("dimensions", "16", "send-dimensions", "true");
        assertThat(embedder.dimensions()).isEqualTo(16);
        assertThat(get(embedder.embedQuery("tea")).dimensions()).isEqualTo(16);

        HttpEmbedder asking = embedder();
        asking.learnDimensions();
        await().atMost(PATIENCE).until(() -> asking.dimensions() == FakeEmbedder.DIMENSIONS);
        assertThat(server.requests()).last().isEqualTo(List.of("Tandem"));
        server.next(Fault.SHORT_VECTORS);
        assertThat(unavailable(asking, texts(1)).detail()).contains("63 dimensions instead of 64");
    }

    private Refusal.Unavailable unavailable(HttpEmbedder embedder, List<String> texts) {
        return catchThrowableOfType(Refusal.Unavailable.class, () -> get(embedder.embedChunks(texts)));
    }

    /** @param settings names and values, in turn */
    private HttpEmbedder embedder(String... settings) {
        Map<String, String> more = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            more.put(settings[i], settings[i + 1]);
        }
        HttpEmbedder embedder = new HttpEmbedder(vertx, ServerSamples.of(port, more), POOL, POOL);
        embedders.add(embedder);
        return embedder;
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text number " + i).toList();
    }

    private static List<Vector> vectors(List<String> texts) {
        return texts.stream().map(FakeEmbedder::vectorOf).toList();
    }
}
