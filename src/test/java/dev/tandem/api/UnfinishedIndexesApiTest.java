package dev.tandem.api;

import static dev.tandem.api.Api.COLLECTIONS;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.json;
import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;

import dev.tandem.service.job.JobExecutor;
import dev.tandem.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Declared indexes whose jobs end without them: what the stats say, what is left of them, and how clients get them after all. */
@QuarkusTest
class UnfinishedIndexesApiTest {

    private static final String OPEN = """
            from job where kind = 'index_metadata' and ended_at is null and collection_id = (select id from collection where name = ?)
            """;

    @Inject
    JobExecutor executor;

    private String name;

    @BeforeEach
    void addDocuments() {
        name = Api.collection();
        Api.put(name, "a", document(3));
        Api.put(name, "b", document(1));
        Api.put(name, "c", document(2));
    }

    @AfterEach
    void removeCollection() {
        given().delete(COLLECTIONS + "/" + name);
    }

    @Test
    void aCanceledOneIsMadeWhenItIsDeclaredAgain() throws SQLException {
        try (Connection lock = lock()) {
            declare("[\"year\"]");
            assertThat(states()).isEqualTo(Map.of("year", "building"));
            String job = stats().getString("indexes[0].job");
            cancel(job);
            assertThat(stats().getList("indexes"))
                    .isEqualTo(List.of(Map.of("path", "year", "state", "canceled", "done", 0, "job", job)));
            // Its step still waits for the documents.
            declare("[\"year\"]");
            assertThat(states()).isEqualTo(Map.of("year", "building"));
            assertThat(stats().getString("indexes[0].job")).isNotEqualTo(job);
            lock.rollback();
        }
        awaitReady();
        assertThat(sorted("year")).isEqualTo(List.of("b", "c", "a"));
        assertThat(values("dropped_at is null")).isEqualTo(3);
        given().get(COLLECTIONS + "/" + name).then().body("version", equalTo(2));
    }

    /** Only who says which indexes there are to be declares them again, and only those that nobody will finish. */
    @Test
    void otherChangesLeaveItAsItIs() throws SQLException {
        abandoned("[\"year\", \"month\"]", "cancel_requested = true");
        awaitEnd("canceled");
        assertThat(states()).isEqualTo(Map.of("year", "canceled", "month", "canceled"));
        json("{\"description\": \"Drinks\"}")
                .patch(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200);
        assertThat(states()).isEqualTo(Map.of("year", "canceled", "month", "canceled"));
        declare("[\"year\"]");
        awaitReady();
        assertThat(states()).isEqualTo(Map.of("year", "ready"));
        long number = number("select number from metadata_index where ready and dropped_at is null and collection_id");
        json("{\"indexes\": [\"year\"]}").put(COLLECTIONS + "/" + name).then().statusCode(200);
        assertThat(states()).isEqualTo(Map.of("year", "ready"));
        assertThat(number("select number from metadata_index where ready and dropped_at is null and collection_id"))
                .isEqualTo(number);
    }

    @Test
    void aFailedOneIsMadeByAPutThatHasItStill() throws SQLException {
        abandoned("[\"year\"]", "attempts = 99");
        awaitEnd("failed");
        assertThat(states()).isEqualTo(Map.of("year", "failed"));
        assertThat(sorted("year")).isEqualTo(List.of("b", "c", "a"));
        json("{\"indexes\": [\"year\"]}").put(COLLECTIONS + "/" + name).then().statusCode(200);
        awaitReady();
        assertThat(values("dropped_at is null")).isEqualTo(3);
    }

    /** It costs no write anything after some minutes, and its values go. The stats go on to tell of it, though nobody knows its job any more. */
    @Test
    void nothingIsLeftOfOneThatIsNotDeclaredAgain() throws SQLException {
        abandoned("[\"year\"]", "attempts = 99");
        awaitEnd("failed");
        Api.put(name, "d", document(4));
        assertThat(values("true")).isEqualTo(1);
        get(executor.prune());
        Database.execute("delete from job where collection = ?", name);
        pass("11 minutes");
        Api.put(name, "e", document(5));
        get(executor.prune());
        assertThat(values("true")).isZero();
        pass("2 hours");
        get(executor.prune());
        assertThat(states()).isEqualTo(Map.of("year", "failed"));
        declare("[]");
        assertThat(states()).isEmpty();
        get(executor.prune());
        assertThat(number("select count(*) from metadata_index where collection_id"))
                .isZero();
        declare("[\"year\"]");
        awaitReady();
        assertThat(values("true")).isEqualTo(5);
    }

    /** As a restored database may have it, or one whose ended jobs are kept for no time. */
    @Test
    void oneWithoutItsJobHasFailed() throws SQLException {
        abandoned("[\"year\"]", null);
        assertThat(states()).isEqualTo(Map.of("year", "building"));
        Database.execute("delete from job where collection = ?", name);
        assertThat(states()).isEqualTo(Map.of("year", "failed"));
        get(executor.prune());
        assertThat(states()).isEqualTo(Map.of("year", "failed"));
        declare("[\"year\"]");
        awaitReady();
    }

    @Test
    void oneThatIsLeftOutWhileItsJobRunsIsNoMore() throws SQLException {
        abandoned("[\"year\", \"month\"]", null);
        declare("[\"month\"]");
        assertThat(states()).isEqualTo(Map.of("month", "building"));
        resume("attempts = 0");
        awaitReady();
        assertThat(states()).isEqualTo(Map.of("month", "ready"));
        declare("[\"month\", \"year\"]");
        awaitReady();
        assertThat(states()).isEqualTo(Map.of("month", "ready", "year", "ready"));
        assertThat(values("dropped_at is null")).isEqualTo(6);
    }

    /** Whoever dies in a step leaves the job to others, and the index is finished. */
    @Test
    void aCrashEndsNothing() throws SQLException {
        abandoned("[\"year\"]", "attempts = 1");
        awaitReady();
        assertThat(states()).isEqualTo(Map.of("year", "ready"));
        get(executor.prune());
        assertThat(states()).isEqualTo(Map.of("year", "ready"));
    }

    @Test
    void aDeletedCollectionLeavesNothing() throws SQLException {
        abandoned("[\"year\"]", null);
        String job = stats().getString("indexes[0].job");
        given().delete(COLLECTIONS + "/" + name).then().statusCode(204);
        Database.execute("update job set lease_until = now() - interval '1 second' where id = cast(? as uuid)", job);
        awaitState(job, "failed");
        get(executor.prune());
        assertThat(
                        Database.number(
                                "select count(*) from metadata_index where not exists (select from collection where id = collection_id)"))
                .isZero();
    }

    private static String document(int year) {
        return "{\"title\": \"t\", \"metadata\": {\"year\": %d, \"month\": 1}}".formatted(year);
    }

    private void declare(String indexes) {
        json("{\"indexes\": %s}".formatted(indexes))
                .patch(COLLECTIONS + "/" + name)
                .then()
                .statusCode(200);
    }

    private static void cancel(String job) {
        json("").post("/v1/jobs/" + job + ":cancel").then().statusCode(anyOf(equalTo(200), equalTo(202)));
    }

    /** Holds the documents, so that no step of the job comes to its end. */
    private Connection lock() throws SQLException {
        Connection lock = Database.connect();
        lock.setAutoCommit(false);
        Database.execute(
                lock,
                "update document set updated_at = updated_at where collection_id = (select id from collection where name = ?)",
                name);
        return lock;
    }

    /**
     * Declares indexes, and leaves their job as a replica does that dies in its first step.
     *
     * @param resumed how others find it; null if the dead one's lease lasts
     */
    private void abandoned(String indexes, String resumed) throws SQLException {
        try (Connection lock = lock()) {
            declare(indexes);
            await().atMost(PATIENCE).until(() -> Database.number("select count(holder) " + OPEN, name) == 1);
            Database.execute(
                    "update job set holder = gen_random_uuid(), lease_until = now() + interval '1 hour' where id = (select id "
                            + OPEN + ")",
                    name);
            lock.rollback();
        }
        if (resumed != null) {
            resume(resumed);
        }
    }

    private void resume(String change) throws SQLException {
        Database.execute(
                "update job set lease_until = now() - interval '1 second', %s where id = (select id %s)"
                        .formatted(change, OPEN),
                name);
    }

    /** Moves what has been given up into the past. */
    private void pass(String time) throws SQLException {
        Database.execute(
                "update metadata_index set dropped_at = dropped_at - cast('%s' as interval) where collection_id = (select id from collection where name = ?)"
                        .formatted(time),
                name);
    }

    private void awaitEnd(String state) {
        awaitState(given().get("/v1/jobs?collection=" + name).jsonPath().getString("items[0].id"), state);
    }

    private static void awaitState(String job, String state) {
        await().atMost(PATIENCE)
                .until(() -> given().get("/v1/jobs/" + job).jsonPath().getString("state"), state::equals);
    }

    private void awaitReady() {
        await().atMost(PATIENCE).until(() -> states().values().stream().allMatch("ready"::equals));
    }

    private List<String> sorted(String path) {
        return given().get(documents(name) + "?sort=metadata." + path)
                .jsonPath()
                .getList("items.key");
    }

    private long values(String condition) throws SQLException {
        return number(
                "select count(*) from metadata_value join metadata_index on metadata_index.number = index_number where %s and collection_id"
                        .formatted(condition));
    }

    private long number(String before) throws SQLException {
        return Database.number(before + " = (select id from collection where name = ?)", name);
    }

    /** By path. */
    private Map<String, String> states() {
        return stats().<Map<String, Object>>getList("indexes").stream()
                .collect(Collectors.toMap(
                        index -> (String) index.get("path"),
                        index -> (String) index.get("state"),
                        (a, b) -> b,
                        HashMap::new));
    }

    private JsonPath stats() {
        return given().get(COLLECTIONS + "/" + name + "/stats").jsonPath();
    }
}
