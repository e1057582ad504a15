package dev.tandem.bench.peers;

import dev.tandem.index.opensearch.OpenSearchServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The OpenSearch that the tests of engines use, with one shard, or one that runs already. */
final class OpenSearchPeer implements Peer.OfWords {

    private static final int BATCH = 2_000;
    private static final String INDEX = "bench-";

    private final URI address;
    private final Http http;
    private final String index = INDEX + Long.toHexString(System.nanoTime());

    private OpenSearchPeer(URI address) {
        this.address = address;
        this.http = new Http(address);
    }

    static OpenSearchPeer start() {
        return new OpenSearchPeer(OpenSearchServer.address());
    }

    @Override
    public String name() {
        return "OpenSearch";
    }

    @Override
    public void load(Words words) throws IOException, InterruptedException {
        JsonObject method =
                new JsonObject().put("name", "hnsw").put("engine", "lucene").put("space_type", "cosinesimil");
        JsonObject vector = new JsonObject()
                .put("type", "knn_vector")
                .put("dimension", words.vectors().all()[0].length)
                .put("method", method);
        JsonObject text = new JsonObject().put("type", "text");
        JsonObject settings = new JsonObject()
                .put("number_of_shards", 1)
                .put("number_of_replicas", 0)
                .put("knn", true);
        JsonObject fields = new JsonObject().put("text", text).put("vector", vector);
        http.send(
                "PUT",
                "/" + index,
                new JsonObject()
                        .put("settings", new JsonObject().put("index", settings))
                        .put("mappings", new JsonObject().put("properties", fields))
                        .encode());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < words.texts().size(); i++) {
            JsonObject action = new JsonObject().put("index", new JsonObject().put("_id", Integer.toString(i)));
            JsonObject document = new JsonObject()
                    .put("text", words.texts().get(i))
                    .put("vector", Json.of(words.vectors().all()[i]));
            lines.append(action.encode()).append('\n').append(document.encode()).append('\n');
            if ((i + 1) % BATCH == 0 || i + 1 == words.texts().size()) {
                http.send("POST", "/" + index + "/_bulk", "application/x-ndjson", lines.toString());
                lines.setLength(0);
            }
        }
        http.send("POST", "/" + index + "/_refresh", "");
    }

    @Override
    public List<Integer> matching(String question) throws IOException, InterruptedException {
        return search(match(question));
    }

    @Override
    public List<Integer> matching(String question, float[] vector) throws IOException, InterruptedException {
        JsonObject near = new JsonObject()
                .put(
                        "knn",
                        new JsonObject()
                                .put(
                                        "vector",
                                        new JsonObject()
                                                .put("vector", Json.of(vector))
                                                .put("k", Vectors.LIMIT)));
        return search(new JsonObject()
                .put(
                        "bool",
                        new JsonObject()
                                .put(
                                        "should",
                                        new JsonArray().add(match(question)).add(near))));
    }

    private static JsonObject match(String question) {
        return new JsonObject().put("match", new JsonObject().put("text", question));
    }

    private List<Integer> search(JsonObject query) throws IOException, InterruptedException {
        JsonObject body =
                new JsonObject().put("query", query).put("size", Vectors.LIMIT).put("_source", false);
        JsonArray hits = new JsonObject(http.send("POST", "/" + index + "/_search", body.encode()))
                .getJsonObject("hits")
                .getJsonArray("hits");
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            found.add(Integer.valueOf(hits.getJsonObject(i).getString("_id")));
        }
        return found;
    }

    @Override
    public void close() {
        OpenSearchServer.delete(address, INDEX);
    }
}
