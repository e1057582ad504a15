package dev.tandem.api;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.api.Api.problem;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.testing.CallerThreads;
import dev.tandem.testing.FaultProxy;
import dev.tandem.testing.Logged;
import dev.tandem.testing.Thorough;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that is silent, read-only or busy: what clients and probes are answered, and how it heals. */
@Thorough
@QuarkusTest
@WithTestResource(value = OutageApiTest.Server.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OutageApiTest {

    private static final int POOL = 12;
    private static final int RESERVE = 4;
    private static final Duration STATEMENT = Duration.ofSeconds(3);
    /** Before the end of a statement. */
    private static final Duration DEADLINE = Duration.ofMillis(2_500);
    /** The client's own second, and another one for a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final Duration HEALING = Duration.ofSeconds(5);

    private String documents = "";

    @BeforeEach
    void addDocument() {
        awaitReady();
        awaitWrites();
        String collection = Api.collection();
        documents = documents(collection);
        Api.put(collection, "a", "{\"content\": \"tea\", \"vector\": [1, 0, 0]}");
    }

    /** Connections of the last test may still be closing, so as many writes must succeed as there are connections. */
    private static void awaitWrites() {
        await().atMost(PATIENCE).until(() -> IntStream.range(0, POOL)
                .allMatch(n -> json("{\"name\": \"probe-" + UUID.randomUUID() + "\"}")
                                .post("/v1/collections")
                                .statusCode()
                        == 201));
    }

    @AfterEach
    void heal() throws SQLException {
        Server.proxy.heal();
        Server.execute("alter system reset default_transaction_read_only");
        Server.execute("select pg_reload_conf()");
        awaitReady();
    }

    @Test
    void connectionsThatFallSilentAreReplaced() throws Exception {
        Server.proxy.silence();
        Server.proxy.heal();
        long cut = System.nanoTime();
        try (ExecutorService callers = CallerThreads.open()) {
            List<Future<Duration>> caught = new ArrayList<>();
            for (int i = 0; i < POOL; i++) {
                caught.add(callers.submit(() -> timed(this::read)));
            }
            await().atMost(HEALING)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> callers.submit(this::read).get() == 200);
            assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(HEALING);
            for (Future<Duration> time : caught) {
                assertThat(time.get()).isLessThan(STATEMENT.plus(SLACK));
            }
        }
        json("{\"title\": \"written\"}").put(documents + "/b").then().statusCode(201);
    }

    @Test
    void aSilentDatabaseIsSaidToBeAway() throws Exception {
        try (Logged logged = new Logged()) {
            Server.proxy.silence();
            assertThat(timeToRefusal()).isLessThan(STATEMENT.plus(SLACK));
            await().atMost(PATIENCE).until(() -> ready().statusCode() == 503);
            probesAnswer(503);
            assertThat(logged.lines()).hasSizeLessThan(20).allMatch(line -> line.endsWith(" null"));
        }
        Server.proxy.heal();
        await().atMost(HEALING).pollInterval(Duration.ofMillis(100)).until(() -> read() == 200);
        await().atMost(HEALING).until(() -> ready().statusCode() == 200);
    }

    @Test
    void aDatabaseThatOnlyReadsServesReaders() throws Exception {
        try (Logged logged = new Logged()) {
            Server.execute("alter system set default_transaction_read_only = on");
            Server.execute("select pg_reload_conf()");
            await().atMost(PATIENCE)
                    .until(() -> json("{\"title\": \"x\"}").post(documents).statusCode() == 503);
            problem(json("{\"title\": \"x\"}").post(documents), 503, "database.read_only")
                    .header("Retry-After", equalTo("5"));
            problem(given().delete(documents + "/a"), 503, "database.read_only");
            problem(
                    json("{\"title\": \"x\"}").header("Idempotency-Key", "1").post(documents),
                    503,
                    "database.read_only");
            given().get(documents + "/a").then().statusCode(200);
            json("{\"query\": \"tea\"}")
                    .post(documents.replace("/documents", "/search"))
                    .then()
                    .statusCode(200)
                    .body("items.size()", equalTo(1));
            await().atMost(PATIENCE).until(() -> data("database", "readOnly").equals(true));
            ready().then().statusCode(200);
            assertThat(logged.lines()).hasSizeLessThan(20).allMatch(line -> line.endsWith(" null"));
        }
        Server.execute("alter system reset default_transaction_read_only");
        Server.execute("select pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> json("{\"title\": \"x\"}").post(documents).statusCode() == 201);
    }

    /** PostgreSQL tells sessions about such a change only when they start. */
    @Test
    void sessionsThatOnlyReadAreReplaced() throws Exception {
        Server.execute("alter role postgres set default_transaction_read_only = on");
        Server.proxy.silence();
        Server.proxy.heal();
        await().atMost(PATIENCE)
                .until(() -> json("{\"title\": \"x\"}").post(documents).statusCode() == 503);
        await().atMost(PATIENCE).until(() -> data("database", "readOnly").equals(true));
        Server.execute("alter role postgres reset default_transaction_read_only");
        await().atMost(PATIENCE)
                .until(() -> json("{\"title\": \"x\"}").post(documents).statusCode() == 201);
    }

    @Test
    void aBusyDatabaseIsNoneThatIsAway() throws Exception {
        try (Connection holder = Server.connect();
                ExecutorService callers = CallerThreads.open()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table document");
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 3 * POOL; i++) {
                waiting.add(callers.submit(this::read));
            }
            await().atMost(PATIENCE).until(() -> Server.waiting() >= POOL / 2);
            probesAnswer(200);
            holder.rollback();
            for (Future<Integer> answer : waiting) {
                // On a busy machine some have already waited as long as they may.
                assertThat(answer.get()).isIn(200, 503);
            }
        }
    }

    @Test
    void aSearchEndsAtItsDeadline() throws Exception {
        String search = documents.replace("/documents", "/search");
        await().atMost(PATIENCE)
                .until(() -> json("{\"query\": \"tea\"}").post(search).path("items.size()"), equalTo(1));
        try (Connection holder = Server.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table document");
            problem(json("{\"query\": \"tea\"}").post(search), 503, "search.timeout")
                    .header("Retry-After", equalTo("2"));
            holder.rollback();
        }
    }

    /** However many lists there are, what is short has connections left. */
    @Test
    void listsLeaveConnectionsToShortRequests() throws Exception {
        try (Connection holder = Server.connect();
                ExecutorService callers = CallerThreads.open()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table document");
            List<Future<Response>> lists = new ArrayList<>();
            for (int i = 0; i < 3 * POOL; i++) {
                lists.add(callers.submit(() -> given().get(documents)));
            }
            await().atMost(PATIENCE).until(() -> Server.waiting() >= POOL - RESERVE);
            given().get(documents.replace("/documents", "")).then().statusCode(200);
            json("{\"name\": \"probe-" + UUID.randomUUID() + "\"}")
                    .post("/v1/collections")
                    .then()
                    .statusCode(201);
            probesAnswer(200);
            List<String> codes = new ArrayList<>();
            for (Future<Response> list : lists) {
                Response answer = list.get();
                assertThat(answer.statusCode()).isEqualTo(503);
                codes.add(answer.path("code"));
            }
            assertThat(codes).contains("busy.database");
            holder.rollback();
        }
        given().get(documents).then().statusCode(200);
    }

    /** How long the answer takes; its content does not matter. */
    private Duration timeToRefusal() throws Exception {
        AtomicReference<Response> answer = new AtomicReference<>();
        Duration time = timed(() -> answer.getAndSet(given().get(documents + "/a")));
        problem(answer.get(), 503, "database.unavailable").header("Retry-After", equalTo("1"));
        return time;
    }

    /** The best of a few times: the machine may be busy with something else. */
    private static void probesAnswer(int readiness) {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> timed(() -> {
                                    assertThat(ready().statusCode()).isEqualTo(readiness);
                                    return null;
                                })
                                .compareTo(Duration.ofSeconds(1))
                        < 0);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> timed(() -> {
                                    assertThat(Api.operating("/q/health/live").statusCode())
                                            .isEqualTo(200);
                                    return null;
                                })
                                .compareTo(Duration.ofMillis(500))
                        < 0);
    }

    private int read() {
        return given().get(documents + "/a").statusCode();
    }

    private static Response ready() {
        return Api.operating("/q/health/ready");
    }

    private static Object data(String check, String name) {
        return ready().path("checks.find { it.name == '" + check + "' }.data." + name);
    }

    private static void awaitReady() {
        await().atMost(PATIENCE).until(() -> ready().statusCode() == 200);
    }

    private static Duration timed(Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** A PostgreSQL of this test's own, behind a proxy. */
    public static final class Server implements QuarkusTestResourceLifecycleManager {

        private static EmbeddedPostgres postgres;
        private static FaultProxy proxy;

        @Override
        public Map<String, String> start() {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
                proxy = new FaultProxy(postgres.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.ofEntries(
                    Map.entry(
                            "quarkus.datasource.reactive.url", "postgresql://localhost:" + proxy.port() + "/postgres"),
                    Map.entry(
                            "quarkus.datasource.jdbc.url",
                            "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres"),
                    Map.entry("quarkus.datasource.username", "postgres"),
                    Map.entry("quarkus.datasource.password", "postgres"),
                    Map.entry("tandem.index.directory", "target/test-index-of-outages"),
                    Map.entry("tandem.search.deadline", DEADLINE.toString()),
                    Map.entry("tandem.database.pool-size", Integer.toString(POOL)),
                    Map.entry("tandem.database.pool-reserve", Integer.toString(RESERVE)),
                    Map.entry("tandem.database.pool-timeout", STATEMENT.toString()),
                    Map.entry("tandem.database.connect-timeout", "1S"),
                    Map.entry("tandem.database.statement-timeout", STATEMENT.toString()),
                    Map.entry("tandem.database.lock-timeout", STATEMENT.toString()));
        }

        static Connection connect() throws SQLException {
            return postgres.getPostgresDatabase().getConnection();
        }

        static void execute(String sql) throws SQLException {
            try (Connection connection = connect()) {
                connection.createStatement().execute("set default_transaction_read_only = off");
                connection.createStatement().execute(sql);
            }
        }

        /** How many of the service's statements wait for a lock. */
        static int waiting() throws SQLException {
            try (Connection connection = connect();
                    var rows = connection.createStatement().executeQuery("""
                            select count(*) from pg_stat_activity
                            where application_name = 'tandem' and wait_event_type = 'Lock'
                            """)) {
                rows.next();
                return rows.getInt(1);
            }
        }

        @Override
        public void stop() {
            proxy.close();
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
