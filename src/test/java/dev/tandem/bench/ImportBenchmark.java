package dev.tandem.bench;

import static dev.tandem.testing.Waiting.get;

import dev.tandem.api.Api;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.service.RowsChanged;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * An import over HTTP beside the same rows by {@code insert .. select from unnest} through PostgreSQL's client, 500 a batch, in turns:
 * the same rows, each way over one connection. First while the index waits, then while it follows; between turns it comes to rest.
 *
 * <pre>./mvnw test -Dtest=ImportBenchmark</pre>
 */
@QuarkusTest
class ImportBenchmark {

    private static final int DOCUMENTS = 10_000;
    private static final int BATCH = 500;
    private static final int DIMENSIONS = 384;
    private static final int WARM_UP = 3;
    private static final int TURNS = 7;

    private static final String DOCUMENT = """
            insert into document (id, collection_id, key, title, content, metadata, content_hash, version, text_version,
                                  created_at, updated_at)
            select id, $1, key, title, content, metadata, hash, 1, 1, $2, $2
            from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[])
                 as row (id, key, title, content, metadata, hash)
            """;
    private static final String CHUNK = """
            insert into chunk (document_id, ordinal, start_offset, end_offset, embedding)
            select id, 0, 0, 100, embedding from unnest($1::uuid[], $2::bytea[]) as row (id, embedding)
            """;
    private static final String CHANGE = """
            insert into change (collection_id, document_id, kind) select $1, id, 'SAVED' from unnest($2::uuid[]) as id
            """;

    private final Random random = new Random(1);

    @Inject
    Pool pool;

    @Inject
    Event<RowsChanged> rowsChanged;

    @Inject
    World world;

    private record Sample(String key, String title, String content, JsonObject metadata, float[] vector) {}

    @Test
    void compare() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            samples.add(sample(i));
        }
        byte[] lines = lines(samples);
        for (Index index : Index.values()) {
            List<Double> raw = new ArrayList<>();
            List<Double> imported = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int turn = 1; turn <= WARM_UP + TURNS; turn++) {
                double rawRate = rate(index, collection -> insert(collection, samples));
                double importRate = rate(index, collection -> send(collection, lines));
                if (turn > WARM_UP) {
                    raw.add(rawRate);
                    imported.add(importRate);
                    ratios.add(importRate / rawRate);
                }
                System.out.printf(
                        "index %s, turn %d: raw %.0f, import %.0f documents a second%n",
                        index, turn, rawRate, importRate);
            }
            System.out.printf(
                    "index %s, median: raw %.0f, import %.0f documents a second, ratio %.2f%n",
                    index, median(raw), median(imported), median(ratios));
        }
    }

    /** What the index does while rows are written. It takes more of the processors than either way of writing. */
    private enum Index {
        /** It follows when they are there. */
        WAITS,
        /** It follows at once. */
        FOLLOWS
    }

    private interface Way {
        void write(Collection collection) throws Exception;
    }

    private double rate(Index index, Way way) throws Exception {
        Collection collection = world.collection(CollectionSamples.ownVectors(DIMENSIONS));
        // Or the index would be built during what is measured: that reads the rows, whatever the log says.
        world.put(collection, "first", "There before all others.");
        world.settle(collection);
        double seconds;
        if (index == Index.WAITS) {
            SqlConnection connection = get(pool.getConnection());
            Transaction open = get(connection.begin());
            // As long as a transaction before them is open, changes have no place in the log yet, and are not followed.
            get(connection.query("select pg_current_xact_id()").execute());
            seconds = seconds(collection, way);
            get(open.rollback());
            get(connection.close());
        } else {
            seconds = seconds(collection, way);
        }
        world.settle(collection);
        world.delete(collection);
        return DOCUMENTS / seconds;
    }

    private static double seconds(Collection collection, Way way) throws Exception {
        long start = System.nanoTime();
        way.write(collection);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void send(Collection collection, byte[] lines) throws Exception {
        // As most clients speak; by itself this one would first try to talk the service into HTTP/2.
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI address =
                    URI.create("http://localhost:" + RestAssured.port + Api.documents(collection.name()) + ":import");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address)
                            .header("Content-Type", "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(lines))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (!answer.body().contains("\"created\":" + DOCUMENTS)) {
                throw new IllegalStateException(answer.body());
            }
        }
    }

    private void insert(Collection collection, List<Sample> samples) {
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<Sample> batch = samples.subList(from, from + BATCH);
            get(pool.withTransaction(connection -> insert(connection, collection, batch)));
            // As an import does, so that the index follows both alike.
            rowsChanged.fire(new RowsChanged(collection.id()));
        }
    }

    private Uni<Void> insert(SqlConnection connection, Collection collection, List<Sample> batch) {
        UUID[] ids = column(batch.size(), i -> nextId(), UUID[]::new);
        Tuple documents = Tuple.tuple(List.of(
                collection.id(),
                OffsetDateTime.now(ZoneOffset.UTC),
                ids,
                column(batch.size(), i -> batch.get(i).key, String[]::new),
                column(batch.size(), i -> batch.get(i).title, String[]::new),
                column(batch.size(), i -> batch.get(i).content, String[]::new),
                column(batch.size(), i -> batch.get(i).metadata, Object[]::new),
                column(
                        batch.size(),
                        i -> ContentHash.of(batch.get(i).title, batch.get(i).content)
                                .hex(),
                        String[]::new)));
        Buffer[] vectors = column(
                batch.size(), i -> Buffer.buffer(Vector.of(batch.get(i).vector).toBytes()), Buffer[]::new);
        return connection
                .preparedQuery(DOCUMENT)
                .execute(documents)
                .chain(() -> connection.preparedQuery(CHUNK).execute(Tuple.tuple(List.of(ids, vectors))))
                .chain(() -> connection.preparedQuery(CHANGE).execute(Tuple.of(collection.id(), ids)))
                .replaceWithVoid();
    }

    /** Ids in the order of their time, as documents have them: new rows end up side by side. */
    private UUID nextId() {
        return new UUID(System.currentTimeMillis() << 16 | 0x7000, Long.MIN_VALUE | random.nextLong() >>> 2);
    }

    private static <T> T[] column(int length, IntFunction<T> value, IntFunction<T[]> array) {
        T[] column = array.apply(length);
        for (int i = 0; i < length; i++) {
            column[i] = value.apply(i);
        }
        return column;
    }

    private Sample sample(int number) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return new Sample(
                "document-" + number,
                "Title " + number,
                "Some words of a content that says nothing, " + random.nextInt() + " times over.",
                new JsonObject().put("n", number).put("tag", "t" + number % 10),
                vector);
    }

    private static byte[] lines(List<Sample> samples) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Sample sample : samples) {
            List<Float> vector = new ArrayList<>();
            for (float component : sample.vector) {
                vector.add(component);
            }
            JsonObject line = new JsonObject()
                    .put("key", sample.key)
                    .put("title", sample.title)
                    .put("content", sample.content)
                    .put("metadata", sample.metadata)
                    .put("vector", vector);
            lines.writeBytes((line.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return lines.toByteArray();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
