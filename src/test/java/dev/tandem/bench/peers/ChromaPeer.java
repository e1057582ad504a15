package dev.tandem.bench.peers;

import dev.tandem.testing.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chroma's server from its package for Node.js, with the settings of its index that it has by default, or one that runs already. */
final class ChromaPeer implements Peer.OfVectors {

    private static final String PACKAGE = "chromadb@3.5.0";
    private static final String COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections";
    private static final int BATCH = 2_000;

    private final @Nullable Process process;
    private final Http http;
    private String collection = "";

    private ChromaPeer(@Nullable Process process, Http http) {
        this.process = process;
        this.http = http;
    }

    static ChromaPeer at(URI address) {
        return new ChromaPeer(null, new Http(address));
    }

    static ChromaPeer start(Path folder) throws IOException, InterruptedException {
        int port = Http.freePort();
        Process process = Processes.start(
                new ProcessBuilder(
                        "npx",
                        "--yes",
                        "--package=" + PACKAGE,
                        "chroma",
                        "run",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--path",
                        folder.resolve("chroma").toString()),
                Processes.log("chroma"));
        Http http = new Http(URI.create("http://127.0.0.1:" + port));
        http.await("/api/v2/heartbeat", process);
        return new ChromaPeer(process, http);
    }

    @Override
    public String name() {
        return "Chroma";
    }

    @Override
    public void load(Vectors vectors) throws IOException, InterruptedException {
        JsonObject cosine = new JsonObject().put("hnsw", new JsonObject().put("space", "cosine"));
        String name = "bench-" + Long.toHexString(System.nanoTime());
        collection = COLLECTIONS + "/"
                + new JsonObject(http.send(
                                "POST",
                                COLLECTIONS,
                                new JsonObject()
                                        .put("name", name)
                                        .put("configuration", cosine)
                                        .encode()))
                        .getString("id");
        for (int from = 0; from < vectors.all().length; from += BATCH) {
            JsonArray ids = new JsonArray();
            JsonArray embeddings = new JsonArray();
            JsonArray metadata = new JsonArray();
            for (int i = from; i < Math.min(from + BATCH, vectors.all().length); i++) {
                ids.add(Integer.toString(i));
                embeddings.add(Json.of(vectors.all()[i]));
                metadata.add(new JsonObject().put("year", Vectors.year(i)));
            }
            http.send(
                    "POST",
                    collection + "/upsert",
                    new JsonObject()
                            .put("ids", ids)
                            .put("embeddings", embeddings)
                            .put("metadatas", metadata)
                            .encode());
        }
    }

    @Override
    public List<Integer> nearest(float[] query, boolean isFiltered) throws IOException, InterruptedException {
        JsonObject body = new JsonObject()
                .put("query_embeddings", new JsonArray().add(Json.of(query)))
                .put("n_results", Vectors.LIMIT)
                .put("include", new JsonArray().add("distances"));
        if (isFiltered) {
            body.put("where", new JsonObject().put("year", new JsonObject().put("$gte", Vectors.FROM)));
        }
        JsonArray ids = new JsonObject(http.send("POST", collection + "/query", body.encode()))
                .getJsonArray("ids")
                .getJsonArray(0);
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            found.add(Integer.valueOf(ids.getString(i)));
        }
        return found;
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            Processes.kill(process);
        }
    }
}
