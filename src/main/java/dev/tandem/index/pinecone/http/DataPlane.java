package dev.tandem.index.pinecone.http;

import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.RemoteServer;
import dev.tandem.remote.Reply;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One index of Pinecone: the operations of its data plane that Tandem uses, each one request.
 *
 * @see <a href="https://docs.pinecone.io/reference/api/2026-04/data-plane">Pinecone's reference</a>
 */
public final class DataPlane implements AutoCloseable {

    /** The most ids in one page of a list. */
    public static final int PAGE = 100;

    /** The most records, or ids, in one write. */
    public static final int WRITE_LIMIT = 1_000;

    private static final int LARGEST_ANSWER = 64 << 20;

    /** The sequence number that a write got. */
    private static final String WRITTEN = "x-pinecone-request-lsn";

    /** The last sequence number that a query sees. */
    private static final String SEEN = "x-pinecone-max-indexed-lsn";

    private final URI base;
    private final RemoteServer server;
    private final Answers answers;
    private volatile @Nullable IndexKind kind;

    DataPlane(Vertx vertx, URI base, String key, PlaneOptions options) {
        this.base = base;
        this.answers = new Answers(key);
        Map<String, String> headers =
                Map.of("Api-Key", key, "X-Pinecone-Api-Version", options.apiVersion(), "Accept", "application/json");
        this.server = new RemoteServer(
                vertx,
                new RemoteOptions(
                        base, headers, options.timeout(), options.concurrency(), options.queue(), LARGEST_ANSWER));
    }

    /** @param next leads to the next page; null on the last one */
    public record IdPage(List<String> ids, @Nullable String next) {}

    /** @param values null unless they were asked for */
    public record Match(String id, float @Nullable [] values) {}

    /** What the index is for. It never changes. */
    public Uni<IndexKind> kind() {
        IndexKind known = kind;
        return known != null
                ? Uni.createFrom().item(known)
                : stats().map(stats -> IndexKind.of(base, stats)).invoke(read -> kind = read);
    }

    /** How many records the namespaces have. This may lag behind what queries see. */
    public Uni<Map<String, Long>> counts() {
        return stats().map(stats -> {
            Map<String, Long> counts = new HashMap<>();
            JsonObject namespaces = stats.getJsonObject("namespaces", new JsonObject());
            for (String name : namespaces.fieldNames()) {
                counts.put(name, namespaces.getJsonObject(name).getLong("vectorCount", 0L));
            }
            return counts;
        });
    }

    private Uni<JsonObject> stats() {
        return post("describe_index_stats", "/describe_index_stats", new JsonObject(), Answers::json);
    }

    /**
     * @param records as JSON
     * @return the sequence number of the write
     */
    public Uni<Long> upsert(String namespace, List<Buffer> records) {
        Buffer body = Buffer.buffer("{\"namespace\":" + Json.encode(namespace) + ",\"vectors\":[");
        for (int i = 0; i < records.size(); i++) {
            body.appendString(i == 0 ? "" : ",").appendBuffer(records.get(i));
        }
        body.appendString("]}");
        return send("upsert", HttpMethod.POST, "/vectors/upsert", body, this::written);
    }

    /** @return the sequence number of the write */
    public Uni<Long> delete(String namespace, List<String> ids) {
        return post(
                "delete",
                "/vectors/delete",
                JsonObject.of("ids", new JsonArray(ids), "namespace", namespace),
                this::written);
    }

    private Long written(Reply reply) {
        return number(reply, WRITTEN);
    }

    private Long number(Reply reply, String header) {
        return Long.valueOf(Answers.required(reply.headers().get(header)).trim());
    }

    /** The last write in the namespace that queries see; 0 if the answer does not say. */
    public Uni<Long> seen(String namespace, float[] vector) {
        JsonObject query = JsonObject.of("namespace", namespace, "topK", 1, "vector", values(vector));
        return post("query", "/query", query, reply -> reply.headers().contains(SEEN) ? number(reply, SEEN) : 0L);
    }

    /** The nearest records, nearest first. */
    public Uni<List<Match>> query(JsonObject query) {
        return post("query", "/query", query, reply -> {
            List<Match> matches = new ArrayList<>();
            for (Object each : Answers.json(reply).getJsonArray("matches", new JsonArray())) {
                JsonObject match = (JsonObject) each;
                matches.add(new Match(Answers.required(match.getString("id")), floats(match.getJsonArray("values"))));
            }
            return matches;
        });
    }

    /** The records with these ids, as far as they exist. */
    public Uni<Map<String, JsonObject>> fetch(String namespace, List<String> ids) {
        String query = ids.stream().map(id -> "ids=" + encoded(id) + "&").collect(Collectors.joining());
        return get("fetch", "/vectors/fetch?" + query + "namespace=" + encoded(namespace), reply -> {
            Map<String, JsonObject> records = new HashMap<>();
            JsonObject found = Answers.json(reply).getJsonObject("vectors", new JsonObject());
            found.fieldNames().forEach(id -> records.put(id, Answers.required(found.getJsonObject(id))));
            return records;
        });
    }

    /** The ids that begin with a prefix, in their order. */
    public Uni<IdPage> list(String namespace, String prefix, int limit, @Nullable String token) {
        String path = "/vectors/list?namespace=" + encoded(namespace) + "&limit=" + limit;
        return get(
                "list",
                path + (prefix.isEmpty() ? "" : "&prefix=" + encoded(prefix)) + following(token),
                reply -> page(Answers.json(reply), "vectors", "id"));
    }

    /** The names of namespaces that begin with a prefix. */
    public Uni<IdPage> namespaces(String prefix, @Nullable String token) {
        return get(
                "list of namespaces",
                "/namespaces?limit=" + PAGE + "&prefix=" + encoded(prefix) + following(token),
                reply -> page(Answers.json(reply), "namespaces", "name"));
    }

    private static String following(@Nullable String token) {
        return token == null ? "" : "&paginationToken=" + encoded(token);
    }

    private static IdPage page(JsonObject answer, String list, String member) {
        List<String> ids = new ArrayList<>();
        for (Object each : answer.getJsonArray(list, new JsonArray())) {
            ids.add(Answers.required(((JsonObject) each).getString(member)));
        }
        String next = answer.getJsonObject("pagination", new JsonObject()).getString("next");
        return new IdPage(ids, next == null || next.isEmpty() ? null : next);
    }

    /** Deletes a namespace, whether it exists or not. */
    public Uni<Void> dropNamespace(String namespace) {
        return answers.read(
                        "delete of a namespace",
                        () -> server.ask(HttpMethod.DELETE, "/namespaces/" + encoded(namespace), null)
                                .map(reply ->
                                        reply.status() == 404 ? new Reply(200, reply.headers(), reply.body()) : reply),
                        reply -> true)
                .replaceWithVoid();
    }

    private <T> Uni<T> get(String operation, String path, Function<Reply, T> reader) {
        return send(operation, HttpMethod.GET, path, null, reader);
    }

    private <T> Uni<T> post(String operation, String path, JsonObject body, Function<Reply, T> reader) {
        return send(operation, HttpMethod.POST, path, body.toBuffer(), reader);
    }

    private <T> Uni<T> send(
            String operation, HttpMethod method, String path, @Nullable Buffer body, Function<Reply, T> reader) {
        return answers.read(operation, () -> server.ask(method, path, body), reader);
    }

    public static JsonArray values(float[] vector) {
        JsonArray values = new JsonArray();
        for (float component : vector) {
            values.add(component);
        }
        return values;
    }

    public static float @Nullable [] floats(@Nullable JsonArray values) {
        if (values == null || values.isEmpty()) {
            return null;
        }
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Answers.required((Number) values.getValue(i)).floatValue();
        }
        return floats;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "DataPlane[" + base + "]";
    }
}
