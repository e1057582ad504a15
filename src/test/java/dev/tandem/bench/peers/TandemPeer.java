package dev.tandem.bench.peers;

import dev.tandem.testing.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The packaged service, as the README starts it, with a PostgreSQL and an index of its own, or one that runs already. */
final class TandemPeer implements Peer.OfVectors, Peer.OfWords {

    private static final int BATCH = 5_000;

    /** The collection that has all documents. */
    static final String COLLECTION = "/v1/collections/bench";

    private final @Nullable Started started;
    private final Http http;

    private TandemPeer(@Nullable Started started, Http http) {
        this.started = started;
        this.http = http;
    }

    private record Started(EmbeddedPostgres postgres, Process process) {}

    static TandemPeer at(URI address) {
        return new TandemPeer(null, new Http(address));
    }

    static TandemPeer start(Path folder) throws IOException, InterruptedException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        int port = Http.freePort();
        Process process = Processes.start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx1g",
                        "-Dquarkus.datasource.reactive.url=postgresql://localhost:" + postgres.getPort() + "/postgres",
                        "-Dquarkus.datasource.username=postgres",
                        "-Dquarkus.datasource.password=postgres",
                        "-Dtandem.access.mode=open",
                        // There is one caller, and nobody is to be refused.
                        "-Dtandem.callers.share=1",
                        "-Dtandem.callers.searches=1000",
                        "-Dtandem.index.directory=" + folder.resolve("index"),
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.port=" + Http.freePort(),
                        "-jar",
                        Path.of("target/quarkus-app/quarkus-run.jar").toString()),
                Processes.log("tandem"));
        Http http = new Http(URI.create("http://127.0.0.1:" + port));
        http.await("/v1/info", process);
        return new TandemPeer(new Started(postgres, process), http);
    }

    @Override
    public String name() {
        return "Tandem";
    }

    @Override
    public void load(Vectors vectors) throws IOException, InterruptedException {
        create(vectors);
        add(vectors, 0, vectors.all().length);
        awaitIndex();
    }

    @Override
    public void load(Words words) throws IOException, InterruptedException {
        create(words.vectors());
        add(
                words.vectors(),
                0,
                words.texts().size(),
                (document, number) -> document.put("content", words.texts().get(number)));
        awaitIndex();
    }

    /** Makes the collection, for vectors of so many dimensions. */
    void create(Vectors vectors) throws IOException, InterruptedException {
        JsonObject embedding = new JsonObject().put("model", "none").put("dimensions", vectors.all()[0].length);
        http.send(
                "POST",
                "/v1/collections",
                new JsonObject()
                        .put("name", "bench")
                        .put("embedding", embedding)
                        .encode());
    }

    /** Writes the vectors of these numbers, each with its year. */
    void add(Vectors vectors, int from, int to) throws IOException, InterruptedException {
        add(
                vectors,
                from,
                to,
                (document, number) -> document.put("metadata", new JsonObject().put("year", Vectors.year(number))));
    }

    private void add(Vectors vectors, int from, int to, BiFunction<JsonObject, Integer, JsonObject> more)
            throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            JsonObject document =
                    new JsonObject().put("key", Integer.toString(i)).put("vector", Json.of(vectors.all()[i]));
            lines.append(more.apply(document, i).encode()).append('\n');
            if ((i + 1) % BATCH == 0 || i + 1 == to) {
                http.send("POST", COLLECTION + "/documents:import", "application/x-ndjson", lines.toString());
                lines.setLength(0);
            }
        }
    }

    /** Returns when searches find everything that is written. */
    void awaitIndex() throws IOException, InterruptedException {
        while (stats().getLong("lag") > 0) {
            Thread.sleep(100);
        }
    }

    private JsonObject stats() throws IOException, InterruptedException {
        return new JsonObject(http.send("GET", COLLECTION + "/stats", "")).getJsonObject("index");
    }

    @Override
    public List<Integer> nearest(float[] query, boolean isFiltered) throws IOException, InterruptedException {
        JsonObject body = new JsonObject()
                .put("mode", "vector")
                .put("vector", Json.of(query))
                .put("limit", Vectors.LIMIT)
                .put("include", new JsonArray());
        if (isFiltered) {
            body.put("filter", new JsonObject().put("year", new JsonObject().put("$gte", Vectors.FROM)));
        }
        return search(body);
    }

    @Override
    public List<Integer> matching(String question) throws IOException, InterruptedException {
        return search(new JsonObject()
                .put("mode", "keyword")
                .put("query", question)
                .put("limit", Vectors.LIMIT)
                .put("include", new JsonArray()));
    }

    @Override
    public List<Integer> matching(String question, float[] vector) throws IOException, InterruptedException {
        return search(new JsonObject()
                .put("query", question)
                .put("vector", Json.of(vector))
                .put("mode", "hybrid")
                .put("limit", Vectors.LIMIT)
                .put("include", new JsonArray()));
    }

    private List<Integer> search(JsonObject body) throws IOException, InterruptedException {
        JsonArray hits = new JsonObject(http.send("POST", COLLECTION + "/search", body.encode())).getJsonArray("items");
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            found.add(Integer.valueOf(hits.getJsonObject(i).getString("key")));
        }
        return found;
    }

    @Override
    public void close() throws InterruptedException {
        if (started == null) {
            return;
        }
        Processes.kill(started.process());
        try {
            started.postgres().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
