package dev.tandem.index.pinecone.standin;

import dev.tandem.index.pinecone.standin.Namespace.StoredRecord;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One serverless index: a dimension, a metric, and namespaces. Its search is exact, but the scores that it tells are rounded. */
final class StandInIndex {

    private final int dimension;
    private final String metric;
    private final int lag;
    private final TreeMap<String, Namespace> namespaces = new TreeMap<>();

    StandInIndex(int dimension, String metric, int lag) {
        this.dimension = dimension;
        this.metric = metric;
        this.lag = lag;
    }

    /** @param lsn the header of the answer and its value; null for none */
    record Answer(JsonObject json, Map.@Nullable Entry<String, Long> lsn) {}

    private static Answer answer(JsonObject json) {
        return new Answer(json, null);
    }

    Answer ask(String method, String path, MultiMap parameters, Buffer body) {
        return switch (method + " " + path) {
            case "POST /vectors/upsert" -> upsert(body);
            case "POST /vectors/delete" -> delete(body.toJsonObject());
            case "GET /vectors/fetch" -> fetch(parameters);
            case "GET /vectors/list" -> list(parameters);
            case "POST /query" -> query(body.toJsonObject());
            case "POST /describe_index_stats" -> stats(body.toJsonObject());
            case "GET /namespaces" -> listNamespaces(parameters);
            default -> {
                if (method.equals("DELETE") && path.startsWith("/namespaces/")) {
                    yield drop(path.substring("/namespaces/".length()));
                }
                throw new Refused(404, "There is no " + method + " " + path + ".");
            }
        };
    }

    private Answer upsert(Buffer body) {
        Refused.unless(body.length() <= Rules.MOST_BYTES, "The request is larger than 2 MB.");
        JsonObject request = body.toJsonObject();
        Rules.onlyHas(request, "vectors", "namespace");
        JsonArray vectors = request.getJsonArray("vectors");
        Refused.unless(
                vectors != null && !vectors.isEmpty() && vectors.size() <= Rules.MOST_RECORDS, "1 to 1000 vectors.");
        List<StoredRecord> records = new ArrayList<>();
        for (Object each : vectors) {
            JsonObject vector = (JsonObject) each;
            Rules.onlyHas(vector, "id", "values", "metadata");
            records.add(new StoredRecord(
                    Rules.id(vector.getValue("id")),
                    Rules.vector(vector.getValue("values"), dimension),
                    Rules.metadata(vector.getValue("metadata"))));
        }
        String name = Rules.namespace(request.getValue("namespace"));
        long lsn = namespaces.computeIfAbsent(name, any -> new Namespace(lag)).upsert(records);
        return written(JsonObject.of("upsertedCount", records.size()), lsn);
    }

    private Answer delete(JsonObject request) {
        Rules.onlyHas(request, "ids", "namespace");
        List<String> ids = Rules.ids(request.getJsonArray("ids"));
        Namespace namespace = namespaces.get(Rules.namespace(request.getValue("namespace")));
        if (namespace == null) {
            throw new Refused(404, "Namespace not found");
        }
        return written(new JsonObject(), namespace.delete(ids));
    }

    private static Answer written(JsonObject json, long lsn) {
        return new Answer(json, Map.entry("x-pinecone-request-lsn", lsn));
    }

    private TreeMap<String, StoredRecord> read(@Nullable Object name) {
        Namespace namespace = namespaces.get(Rules.namespace(name));
        return namespace == null ? new TreeMap<>() : namespace.read();
    }

    private Answer fetch(MultiMap parameters) {
        Rules.onlyHas(parameters, "ids", "namespace");
        List<String> ids = Rules.ids(new JsonArray(parameters.getAll("ids")));
        JsonObject found = new JsonObject();
        TreeMap<String, StoredRecord> records = read(parameters.get("namespace"));
        for (String id : ids) {
            StoredRecord record = records.get(id);
            if (record != null) {
                found.put(
                        id,
                        JsonObject.of(
                                "id",
                                id,
                                "values",
                                values(record.values()),
                                "metadata",
                                record.metadata().copy()));
            }
        }
        return answer(JsonObject.of(
                "vectors", found, "namespace", parameters.get("namespace"), "usage", JsonObject.of("readUnits", 1)));
    }

    private Answer list(MultiMap parameters) {
        Rules.onlyHas(parameters, "prefix", "limit", "paginationToken", "namespace");
        return page(read(parameters.get("namespace")).navigableKeySet(), parameters, "vectors", "id");
    }

    private Answer listNamespaces(MultiMap parameters) {
        Rules.onlyHas(parameters, "prefix", "limit", "paginationToken");
        return page(namespaces.navigableKeySet(), parameters, "namespaces", "name");
    }

    private static Answer page(NavigableSet<String> all, MultiMap parameters, String list, String member) {
        String prefix = parameters.contains("prefix") ? parameters.get("prefix") : "";
        String token = parameters.get("paginationToken");
        String after = token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        int limit = Rules.limit(parameters);
        List<String> found = all.tailSet(after.compareTo(prefix) > 0 ? after : prefix, token == null).stream()
                .takeWhile(id -> id.startsWith(prefix))
                .limit(limit + 1L)
                .toList();
        JsonArray items = new JsonArray();
        found.stream().limit(limit).forEach(id -> items.add(JsonObject.of(member, id)));
        JsonObject answer = JsonObject.of(list, items);
        if (found.size() > limit) {
            String next =
                    Base64.getUrlEncoder().encodeToString(found.get(limit - 1).getBytes(StandardCharsets.UTF_8));
            answer.put("pagination", JsonObject.of("next", next));
        }
        return answer(answer);
    }

    private Answer query(JsonObject request) {
        Rules.onlyHas(request, "namespace", "topK", "filter", "includeValues", "includeMetadata", "vector");
        int topK = Rules.number(request.getValue("topK"), 10_000, "topK");
        float[] target = Rules.vector(request.getValue("vector"), dimension);
        JsonObject filter = request.getJsonObject("filter");
        if (filter != null) {
            FilterLanguage.check(filter);
        }
        TreeMap<String, StoredRecord> records = read(request.getValue("namespace"));
        record Scored(StoredRecord record, double score) {}
        JsonArray matches = new JsonArray();
        records.values().stream()
                .filter(record -> filter == null || FilterLanguage.matches(filter, record.metadata()))
                .map(record -> new Scored(record, score(target, record.values())))
                .sorted(Comparator.comparingDouble(scored -> metric.equals("euclidean") ? scored.score : -scored.score))
                .limit(topK)
                .forEach(scored -> {
                    JsonObject match = JsonObject.of(
                            "id",
                            scored.record.id(),
                            "score",
                            Math.round(scored.score * 100) / 100.0,
                            "values",
                            List.of());
                    matches.add(
                            request.getBoolean("includeValues", false)
                                    ? match.put("values", values(scored.record.values()))
                                    : match);
                });
        JsonObject json = JsonObject.of("matches", matches, "namespace", request.getString("namespace"));
        Refused.unless(json.toBuffer().length() <= Rules.LARGEST_ANSWER, "The result is larger than 4 MB.");
        Namespace namespace = namespaces.get(request.getString("namespace"));
        return records.isEmpty() || namespace == null
                ? answer(json)
                : new Answer(json, Map.entry("x-pinecone-max-indexed-lsn", namespace.seen()));
    }

    private double score(float[] target, float[] values) {
        double dot = 0;
        double distance = 0;
        double lengths = 0;
        double targetLength = 0;
        for (int i = 0; i < dimension; i++) {
            dot += (double) target[i] * values[i];
            distance += ((double) target[i] - values[i]) * ((double) target[i] - values[i]);
            lengths += (double) values[i] * values[i];
            targetLength += (double) target[i] * target[i];
        }
        return switch (metric) {
            case "cosine" -> dot / Math.sqrt(lengths * targetLength);
            case "dotproduct" -> dot;
            default -> distance;
        };
    }

    private Answer stats(JsonObject request) {
        Refused.unless(request.isEmpty(), "Serverless indexes do not support filters here.");
        JsonObject counts = new JsonObject();
        namespaces.forEach((name, namespace) -> counts.put(name, JsonObject.of("vectorCount", namespace.count())));
        return answer(
                JsonObject.of("namespaces", counts, "dimension", dimension, "metric", metric, "vectorType", "dense"));
    }

    private Answer drop(String name) {
        if (namespaces.remove(name) == null) {
            throw new Refused(404, "Namespace not found");
        }
        return answer(new JsonObject());
    }

    void change(String namespace, String id, JsonObject metadata) {
        Namespace found = namespaces.get(namespace);
        if (found == null) {
            throw new IllegalStateException("There is no namespace " + namespace + ".");
        }
        found.change(id, metadata);
    }

    /** Everything that was written in the namespace. */
    List<StoredRecord> all(String namespace) {
        Namespace found = namespaces.get(namespace);
        return found == null ? List.of() : found.all();
    }

    private static JsonArray values(float[] vector) {
        JsonArray values = new JsonArray();
        for (float component : vector) {
            values.add(component);
        }
        return values;
    }
}
