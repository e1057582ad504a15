package dev.tandem.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.tandem.testing.PackagedService;
import dev.tandem.testing.Thorough;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** A document that can't be embedded, and some that are very long, are written before many small ones. */
@Thorough
@ExtendWith(CrashReport.class)
@Execution(CONCURRENT) // most of its time is waiting for processes to start
class PoisonIT {

    private static final int SMALL = CrashOptions.amount("small-documents", 100, 10_000);
    private static final int LARGE = CrashOptions.amount("large-documents", 1, 10);
    private static final int LARGE_CHARACTERS = CrashOptions.amount("large-characters", 20_000, 990_000);
    private static final Duration PER_SMALL = Duration.ofMillis(200);
    private static final Duration PER_LARGE = Duration.ofMinutes(CrashOptions.LONG ? 10 : 2);
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final int BATCH = 1_000;

    /** How many documents whose keys match have their vectors. */
    private static final String EMBEDDED =
            "select count(distinct document.id) from document join chunk on chunk.document_id = document.id"
                    + " where document.key like '%s' and not exists"
                    + " (select 1 from embedding_task where embedding_task.document_id = document.id)";

    @TempDir
    Path folder;

    @Test
    void onePoisonDocumentAndSomeLargeOnesHoldNothingUp() throws Exception {
        try (Cluster cluster = Cluster.start(
                folder,
                1,
                "tandem.sync.embedding-lease=30s",
                "tandem.sync.embedding-attempts=3",
                "tandem.sync.embedding-backoff=200ms")) {
            PackagedService replica = cluster.replica(0);
            Rows rows = new Rows(cluster.postgres());
            poison(cluster);
            write(replica, new JsonObject().put("key", "poison").put("title", "poison"));
            for (int i = 0; i < LARGE; i++) {
                String text = ("The long recipe " + i + " goes on. ").repeat(LARGE_CHARACTERS / 27);
                write(replica, new JsonObject().put("key", "large" + i).put("content", text));
            }
            long start = System.nanoTime();
            for (int from = 0; from < SMALL; from += BATCH) {
                write(
                        replica,
                        IntStream.range(from, Math.min(from + BATCH, SMALL))
                                .mapToObj(n ->
                                        new JsonObject().put("key", "small" + n).put("title", "Recipe " + n))
                                .toArray(JsonObject[]::new));
            }
            await("the small documents")
                    .atMost(SETTLING.plus(PER_SMALL.multipliedBy(SMALL)))
                    .until(() -> rows.number(EMBEDDED.formatted("small%")) == SMALL);
            double smallSeconds = (System.nanoTime() - start) / 1e9;
            await("the poison document to be parked").atMost(SETTLING).until(() -> parked(replica)
                    .contains("poison"));
            await("the large documents")
                    .atMost(PER_LARGE.multipliedBy(LARGE))
                    .until(() -> rows.number(EMBEDDED.formatted("large%")) == LARGE);
            CrashReport.add(
                    "a document that can't be embedded, and large ones, before small ones",
                    "1 poison, %d of %,d characters, %,d small".formatted(LARGE, LARGE_CHARACTERS, SMALL),
                    "small ones done after %.1f s, large ones after %.1f s, the poison parked"
                            .formatted(smallSeconds, (System.nanoTime() - start) / 1e9));
            assertThat(new Search(replica, Cluster.MODEL).byMeaning("recipe", 10))
                    .hasSize(10);
        }
    }

    /** The bundled model embeds any text. So the database refuses the chunks of this document. */
    private static void poison(Cluster cluster) throws SQLException {
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create function refuse_poison() returns trigger language plpgsql as $$
                    begin
                        if exists (select 1 from document where id = new.document_id and key = 'poison') then
                            raise exception 'poison';
                        end if;
                        return new;
                    end $$
                    """);
            statement.execute("create trigger refuse_poison before insert on chunk"
                    + " for each row execute function refuse_poison()");
        }
    }

    private static void write(PackagedService replica, JsonObject... documents)
            throws IOException, InterruptedException {
        String lines = Arrays.stream(documents).map(JsonObject::encode).collect(Collectors.joining("\n"));
        HttpResponse<String> answer = replica.send(
                "POST",
                "/v1/collections/" + Cluster.MODEL + "/documents:import",
                lines,
                "Content-Type",
                "application/x-ndjson");
        assertThat(answer.body()).contains("\"failed\":0");
    }

    private static String parked(PackagedService replica) throws IOException, InterruptedException {
        JsonArray items = new JsonObject(replica.send("GET", "/v1/parked", null).body()).getJsonArray("items");
        return items.encode();
    }
}
