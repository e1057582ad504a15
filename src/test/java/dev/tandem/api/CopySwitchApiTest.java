package dev.tandem.api;

import static dev.tandem.api.Api.begun;
import static dev.tandem.api.Api.collection;
import static dev.tandem.api.Api.copy;
import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.json;
import static dev.tandem.testing.Waiting.PATIENCE;
import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.Jobs;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a copy: what is acknowledged by the alias is there by the alias, or was refused, however long a request takes. */
@QuarkusTest
class CopySwitchApiTest {

    /** Longer than a copy goes on after a switch if nobody writes into the source. */
    private static final Duration LONG = Duration.ofMillis(2_500);

    private static final Duration OFTEN = Duration.ofMillis(200);

    @Inject
    Jobs jobs;

    private final String successor = freeName();
    private final String alias = freeName();

    private String source = "";

    @BeforeEach
    void make() {
        source = collection();
    }

    private UUID copying() {
        point(source);
        UUID job = begun(copy(source, successor, "\"description\": null"));
        await().atMost(PATIENCE).until(() -> jobs.now(job).counts().getOrDefault("behind", -1L) == 0);
        return job;
    }

    @Test
    void anImportByTheAliasStopsAtTheSwitch() throws Exception {
        UUID job = copying();
        String last;
        try (SlowImport slow = new SlowImport(alias, "")) {
            slow.send("before");
            assertThat(slow.heard("before")).contains("created");
            point(successor);
            slow.send("after");
            last = slow.heard("summary");
        }
        JsonPath summary = JsonPath.from(last);
        assertThat(summary.getInt("summary.created")).isEqualTo(1);
        assertThat(summary.getInt("summary.stopped.status")).isEqualTo(409);
        assertThat(summary.getString("summary.stopped.code")).isEqualTo("alias.switched");
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(keys(alias)).containsExactly("before");
        assertThat(keys(source)).containsExactly("before");
    }

    @Test
    void anImportThatIsWrittenOnceIsRefusedAfterTheSwitch() throws Exception {
        UUID job = copying();
        String once = "Idempotency-Key: " + freeName() + "\r\n";
        try (SlowImport slow = new SlowImport(alias, once)) {
            slow.send("one");
            point(successor);
            slow.end();
            assertThat(slow.heard("HTTP/1.1")).contains("409");
            assertThat(slow.heard("\"code\"")).contains("alias.switched");
        }
        try (SlowImport again = new SlowImport(alias, once)) {
            again.send("one");
            again.end();
            assertThat(again.heard("HTTP/1.1")).contains("200");
        }
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(keys(alias)).containsExactly("one");
        assertThat(keys(source)).isEmpty();
    }

    @Test
    void theCopyGoesOnWhileAJobWritesIntoTheSource() throws Exception {
        UUID job = copying();
        try (SlowImport slow = new SlowImport(alias, "Prefer: respond-async\r\n")) {
            slow.send("one");
            await().atMost(PATIENCE).until(() -> given().get("/v1/jobs?collection=" + source)
                    .<List<String>>path("items.kind")
                    .contains("import"));
            point(successor);
            await().during(LONG)
                    .atMost(PATIENCE)
                    .until(() -> !jobs.now(job).state().isEnded());
            slow.send("two");
            slow.end();
            assertThat(slow.heard("HTTP/1.1")).contains("202");
        }
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(keys(alias)).containsExactly("one", "two");
    }

    @Test
    void theCopyGoesOnUntilTheSourceIsQuiet() {
        UUID job = copying();
        point(successor);
        List<String> written = new ArrayList<>();
        long begun = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> {
            String key = "k" + (1000 + written.size());
            put(key);
            written.add(key);
            return System.nanoTime() - begun > LONG.toNanos();
        });
        assertThat(jobs.now(job).state().isEnded()).isFalse();
        assertThat(jobs.ended(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(keys(alias)).isEqualTo(written);
    }

    /** It does not go on for ever, and says why it ends. */
    @Test
    void theCopyFailsIfTheSourceIsWrittenToForever() {
        UUID job = copying();
        point(successor);
        Job ended = await().atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(
                        () -> {
                            put("forever");
                            return jobs.now(job);
                        },
                        now -> now.state().isEnded());
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(requireNonNull(ended.failure()).code()).isEqualTo("copy.source_in_use");
        assertThat(keys(alias)).containsExactly("forever");
    }

    private void put(String key) {
        assertThat(json("{\"title\": \"" + freeName() + "\"}")
                        .put(documents(source) + "/" + key)
                        .statusCode())
                .isIn(200, 201);
    }

    private void point(String target) {
        assertThat(json("{\"collection\": \"%s\"}".formatted(target))
                        .put("/v1/aliases/" + alias)
                        .statusCode())
                .isIn(200, 201);
    }

    private static List<String> keys(String collection) {
        return given().get(documents(collection) + "?sort=key&limit=100").path("items.key");
    }
}
