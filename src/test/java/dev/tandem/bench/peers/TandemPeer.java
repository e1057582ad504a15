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

/** The packaged service, as the README starts it, with a PostgreSQL and an index of its own. */
final class TandemPeer implements Peer.OfVectors, Peer.OfWords {

    private static final int BATCH = 5_000;
    private static final String COLLECTION = "/v1/collections/bench";

    private final EmbeddedPostgres postgres;
    private final Process process;
    private final Http http;

    private TandemPeer(EmbeddedPostgres postgres, Process process, Http http) {
        this.postgres = postgres;
        this.process = process;
        this.http = http;
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
        return new TandemPeer(postgres, process, http);
    }

    @Override
    public String name() {
        return "Tandem";
    }

    @Override
    public void load(Vectors vectors) throws IOException, InterruptedException {
        load(
                vectors,
                (document, number) -> document.put("metadata", new JsonObject().put("year", Vectors.year(number))));
    }

    @Override
    public void load(Words words) throws IOException, InterruptedException {
        load(
                words.vectors(),
                (document, number) -> document.put("content", words.texts().get(number)));
    }

    private void load(Vectors vectors, BiFunction<JsonObject, Integer, JsonObject> more)
            throws IOException, InterruptedException {
        JsonObject embedding = new JsonObject().put("model", "none").put("dimensions", vectors.all()[0].length);
        http.send(
                "POST",
                "/v1/collections",
                new JsonObject()
                        .put("name", "bench")
                        .put("embedding", embedding)
                        .encode());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < vectors.all().length; i++) {
            JsonObject document =
                    new JsonObject().put("key", Integer.toString(i)).put("vector", Json.of(vectors.all()[i]));
            lines.append(more.apply(document, i).encode()).append('\n');
            if ((i + 1) % BATCH == 0 || i + 1 == vectors.all().length) {
                http.send("POST", COLLECTION + "/documents:import", "application/x-ndjson", lines.toString());
                lines.setLength(0);
            }
        }
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
                .put("limit", Words.LIMIT)
                .put("include", new JsonArray()));
    }

    @Override
    public List<Integer> matching(String question, float[] vector) throws IOException, InterruptedException {
        return search(new JsonObject()
                .put("query", question)
                .put("vector", Json.of(vector))
                .put("mode", "hybrid")
                .put("limit", Words.LIMIT)
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
        Processes.kill(process);
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
