package dev.tandem.index.opensearch;

import static dev.tandem.index.EngineFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.opensearch.ScriptedServer.Said;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.StoreGone;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine makes of a server that is away, busy, slow, or talks nonsense: a refusal by name, always. */
class OpenSearchFaultsTest {

    private static final String MISSING = """
            {"error": {"type": "index_not_found_exception", "reason": "no such index"}, "status": 404}""";

    private static Throwable failure(Ask ask, Said said) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(said)) {
            return failure(ask, TestConfig.with("2s", server.address()));
        }
    }

    private static Throwable failure(Ask ask, OpenSearchConfig config) {
        OpenSearchEngine engine = new OpenSearchEngine(TestVertx.get(), config);
        try {
            return catchThrowable(() -> await(ask.of(engine)));
        } finally {
            engine.close();
        }
    }

    private static void assertAway(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("engine.unavailable");
            assertThat(refusal.detail())
                    .startsWith("OpenSearch is not available. ")
                    .endsWith(".");
        });
    }

    static Stream<Arguments> asksAndFaults() {
        Stream<Said> faults = Stream.of(
                Said.of(503, "{\"error\": {\"type\": \"cluster_block_exception\", \"reason\": \"no manager.\"}}"),
                Said.of(500, "broken"),
                Said.of(401, "Unauthorized"),
                Said.of(502, "<html>Bad Gateway</html>"),
                Said.of(200, "<html>Welcome</html>"),
                Said.of(200, ""),
                Said.of(200, "{\"took\": 1, \"timed_out\": fal"),
                Said.of(200, "[1, 2"),
                Said.of(200, "null"),
                Said.of(200, "7"),
                ScriptedServer.CUT);
        return faults.flatMap(fault -> Stream.of(Ask.values()).map(ask -> arguments(ask, fault)));
    }

    @ParameterizedTest
    @MethodSource("asksAndFaults")
    @DisplayName("errors, half an answer and no JSON are an engine that is away")
    void faults(Ask ask, Said said) throws Exception {
        assertAway(failure(ask, said));
    }

    @ParameterizedTest
    @EnumSource(names = "STORES", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("JSON that is no answer to the question is an engine that is away")
    void nonsense(Ask ask) throws Exception {
        for (String json : new String[] {
            "{}",
            "{\"responses\": []}",
            "{\"responses\": [{}, {}]}",
            "{\"responses\": 5, \"items\": 5, \"hits\": 5, \"_shards\": 5}",
            "{\"items\": []}",
            "{\"items\": [{}, {}]}",
            "{\"items\": [{\"index\": {}}, {\"delete\": 5}]}",
            "{\"acknowledged\": false, \"shards_acknowledged\": false}",
            "{\"_shards\": {\"failed\": 0}, \"timed_out\": false, \"hits\": {\"hits\": [{\"_id\": \"x\"}]}}",
            "{\"_shards\": {\"failed\": 1}, \"timed_out\": false, \"hits\": {\"hits\": []}}",
            "{\"_shards\": {\"failed\": 0}, \"timed_out\": true, \"hits\": {\"hits\": []}}",
            "{\"_shards\": {\"failed\": 0}, \"timed_out\": false, \"hits\": {\"hits\": [{}]}}",
        }) {
            assertAway(failure(ask, Said.of(200, json)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_id\": \"00000000-0000-0001-0000-000000000001\"}",
                "{\"_id\": \"00000000-0000-0001-0000-000000000001\", \"_score\": \"high\"}",
                "{\"_score\": 1}",
                "{\"_id\": 5, \"_score\": 1}",
                "5",
            })
    @DisplayName("a hit without what was asked for is an engine that is away")
    void hits(String hit) throws Exception {
        String search = "{\"status\": 200, \"timed_out\": false, \"_shards\": {\"failed\": 0}, \"hits\": {\"hits\": ["
                + hit + "]}}";
        assertAway(failure(Ask.SEARCH, Said.of(200, "{\"responses\": [" + search + ", " + search + "]}")));
    }

    @Test
    @DisplayName("a count that is none, or not of all, is an engine that is away")
    void counts() throws Exception {
        for (String total : new String[] {
            "",
            "\"total\": 5, ",
            "\"total\": {\"value\": \"5\"}, ",
            "\"total\": {\"value\": 5, \"relation\": \"gte\"}, "
        }) {
            assertAway(failure(Ask.COUNT, counted(total)));
        }
        try (ScriptedServer server =
                ScriptedServer.saying(counted("\"total\": {\"value\": 5, \"relation\": \"eq\"}, "))) {
            OpenSearchEngine engine = new OpenSearchEngine(TestVertx.get(), TestConfig.at(server.address()));
            assertThat(await(Ask.COUNT.of(engine))).isEqualTo(new Found(List.of(), List.of(), 5L));
            engine.close();
        }
    }

    private static Said counted(String total) {
        return Said.of(
                200,
                "{\"responses\": [{\"status\": 200, \"timed_out\": false, \"_shards\": {\"failed\": 0}, \"hits\": {"
                        + total + "\"max_score\": null}}]}");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a server that is silent is away when the time is over")
    void silent(Ask ask) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(ScriptedServer.NOTHING)) {
            assertAway(failure(ask, TestConfig.with("0.2s", server.address())));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("where nobody listens the engine is away")
    void closed(Ask ask) {
        assertAway(failure(ask, TestConfig.at(URI.create("http://127.0.0.1:1"))));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a busy server is left alone for as long as it wants")
    void busy(Ask ask) throws Exception {
        assertThat(failure(ask, new Said(429, Map.of("Retry-After", "7"), "slow down")))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("engine.busy");
                    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                });
    }

    private static Throwable bulk(String... items) throws Exception {
        Said bulk = Said.of(200, "{\"items\": [" + String.join(", ", items) + "]}");
        Said refreshed = Said.of(200, "{\"_shards\": {\"failed\": 0}}");
        try (ScriptedServer server = ScriptedServer.saying(asked -> asked.contains("_bulk") ? bulk : refreshed)) {
            return failure(Ask.WRITE, TestConfig.at(server.address()));
        }
    }

    private static String item(String operation, int status, String error) {
        return "{\"" + operation + "\": {\"status\": " + status
                + (error.isEmpty() ? "" : ", \"error\": {\"type\": \"" + error + "\", \"reason\": \"because\"}") + "}}";
    }

    @Test
    @DisplayName("a write is done if every operation is, or came after a later one")
    void done() throws Exception {
        assertThat(bulk(item("index", 201, ""), item("delete", 404, ""))).isNull();
        assertThat(bulk(
                        item("index", 409, "version_conflict_engine_exception"),
                        item("delete", 409, "version_conflict_engine_exception")))
                .isNull();
    }

    @Test
    @DisplayName("an operation that was not done fails the whole write")
    void halfDone() throws Exception {
        String good = item("index", 201, "");
        assertAway(bulk(good));
        assertAway(bulk(good, item("delete", 503, "unavailable_shards_exception")));
        assertThat(bulk(good, item("delete", 429, "rejected_execution_exception")))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("engine.busy"));
        assertThat(bulk(good, item("delete", 400, "mapper_parsing_exception")))
                .isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("engine.refused"));
        assertThat(bulk(good, item("delete", 404, "index_not_found_exception"))).isInstanceOf(StoreGone.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE", "SEARCH", "PAGE", "STAMPS", "SIZE"})
    @DisplayName("an index that does not exist is a store that is gone")
    void missing(Ask ask) throws Exception {
        assertThat(failure(ask, Said.of(404, MISSING))).isInstanceOf(StoreGone.class);
    }

    @Test
    @DisplayName("where no shard answers, the engine is away if the index exists, and the store gone if it does not")
    void noShards() throws Exception {
        Said none = Said.of(503, """
                {"error": {"type": "search_phase_execution_exception", "reason": "all shards failed", "failed_shards": []}, "status": 503}""");
        for (Ask ask : new Ask[] {Ask.SEARCH, Ask.PAGE, Ask.STAMPS, Ask.SIZE}) {
            assertAway(failure(ask, none, Said.of(200, "{}")));
            assertThat(failure(ask, none, Said.of(404, MISSING))).isInstanceOf(StoreGone.class);
        }
    }

    private static Throwable failure(Ask ask, Said search, Said index) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(asked -> asked.endsWith("/_alias") ? index : search)) {
            return failure(ask, TestConfig.at(server.address()));
        }
    }

    @Test
    @DisplayName("a query that has too many parts for OpenSearch is refused by name")
    void tooManyParts() throws Exception {
        Said said = Said.of(400, """
                {"error": {"type": "search_phase_execution_exception", "failed_shards": [{"reason": {"type": "query_shard_exception",
                 "caused_by": {"type": "too_many_nested_clauses", "reason": "maxClauseCount is set to 1024"}}}]}}""");
        assertThat(failure(Ask.SEARCH, said))
                .isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(rule -> assertThat(rule.code()).isEqualTo("engine.query_too_large")));
    }

    @Test
    @DisplayName("when a node does not answer, the next one is asked, and asked first from then on")
    void nextNode() throws Exception {
        Said good = Said.of(200, "{}");
        try (ScriptedServer broken = ScriptedServer.saying(Said.of(503, "gone"));
                ScriptedServer sound = ScriptedServer.saying(good)) {
            URI nobody = URI.create("http://127.0.0.1:1");
            OpenSearchEngine engine =
                    new OpenSearchEngine(TestVertx.get(), TestConfig.at(nobody, broken.address(), sound.address()));
            assertThat(await(engine.stores())).isEmpty();
            assertThat(await(engine.stores())).isEmpty();
            assertThat(broken.requests()).hasSize(1);
            assertThat(sound.requests()).hasSize(2);
            engine.close();
        }
    }
}
