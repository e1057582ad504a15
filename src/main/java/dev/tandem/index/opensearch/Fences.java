package dev.tandem.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The greatest fence of each store, as the version of a document in an index of their own: OpenSearch keeps versions, but does not search by
 * them.
 */
final class Fences {

    private static final String INDEX = "fences";
    private static final String BULK = "/_bulk?filter_path=items.*.status,items.*.error.type,items.*.error.reason";

    private final Cluster cluster;
    private final String index;
    private final int replicas;

    /** What this client has written, by the store's name. */
    private final Map<String, Long> raised = new ConcurrentHashMap<>();

    Fences(Cluster cluster, OpenSearchConfig config) {
        this.cluster = cluster;
        this.index = config.indexPrefix() + INDEX;
        this.replicas = config.replicas();
    }

    /** Makes the index if it is missing. */
    Uni<Void> prepare() {
        JsonObject definition = JsonObject.of(
                "settings", JsonObject.of("number_of_shards", 1, "number_of_replicas", replicas),
                "mappings", JsonObject.of("dynamic", false));
        return cluster.<Void>ask(HttpMethod.PUT, "/" + index, definition.toBuffer(), answer -> null)
                .onFailure(StoreIndexes::exists)
                .recoverWithNull();
    }

    /** Notes the fence before anything is written under it. One that is smaller than another client's changes nothing. */
    Uni<Void> raise(Store store, long fence) {
        return Uni.createFrom()
                .deferred(() -> raised.getOrDefault(store.name(), 0L) >= fence
                        ? Uni.createFrom().voidItem()
                        : send(operation("index", store.name(), fence).appendString("{}\n"))
                                .invoke(() -> raised.put(store.name(), fence)));
    }

    Uni<Void> forget(String store) {
        raised.remove(store);
        return send(operation("delete", store, Long.MAX_VALUE));
    }

    private Buffer operation(String name, String store, long version) {
        JsonObject target =
                JsonObject.of("_index", index, "_id", store, "version", version, "version_type", "external_gte");
        return JsonObject.of(name, target).toBuffer().appendString("\n");
    }

    private Uni<Void> send(Buffer operation) {
        return cluster.askLines(BULK, operation, answer -> {
            Bulk.requireDone(answer, 1);
            return null;
        });
    }

    /** 0 if nothing was written to the store. */
    Uni<Long> newest(Store store) {
        JsonObject wanted = JsonObject.of("docs", JsonArray.of(JsonObject.of("_index", index, "_id", store.name())));
        return cluster.ask(HttpMethod.POST, "/_mget", wanted.toBuffer(), answer -> {
            JsonNode found = Answer.part(answer, "docs").path(0);
            return found.path("found").asBoolean()
                    ? Answer.part(found, "_version").asLong()
                    : 0L;
        });
    }
}
