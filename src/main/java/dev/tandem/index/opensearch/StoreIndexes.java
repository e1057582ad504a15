package dev.tandem.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.IndexSize;
import dev.tandem.index.opensearch.shape.Names;
import dev.tandem.index.opensearch.shape.StoreDefinition;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The indexes of OpenSearch that are stores: one for each. */
final class StoreIndexes {

    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
    private static final Pattern STORE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-z]+");

    /** No index is called so, because Tandem's have no dots. */
    private static final String WRITER = ".write";

    private final Cluster cluster;
    private final OpenSearchConfig config;

    StoreIndexes(Cluster cluster, OpenSearchConfig config) {
        if (!PREFIX.matcher(config.indexPrefix()).matches()) {
            throw new IllegalStateException("tandem.engine.opensearch.index-prefix is '" + config.indexPrefix()
                    + "', but must be lower-case letters, digits, hyphens and underscores.");
        }
        this.cluster = cluster;
        this.config = config;
    }

    String index(Store store) {
        return index(store.name());
    }

    private String index(String store) {
        return config.indexPrefix() + store;
    }

    String writer(Store store) {
        return index(store) + WRITER;
    }

    Uni<Void> create(Store store) {
        JsonNode definition = StoreDefinition.of(store.shape(), writer(store), config.shards(), config.replicas());
        return cluster.<Void>ask(HttpMethod.PUT, "/" + index(store), Cluster.json(definition), answer -> {
                    boolean isReady = Answer.part(answer, "acknowledged").asBoolean()
                            && Answer.part(answer, "shards_acknowledged").asBoolean();
                    if (!isReady) {
                        throw Answer.away("It has not made an index in time.");
                    }
                    return null;
                })
                .onFailure(StoreIndexes::exists)
                .recoverWithNull();
    }

    static boolean exists(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.detail().contains("resource_already_exists_exception");
    }

    Uni<Void> drop(String store) {
        return cluster.<Void>ask(HttpMethod.DELETE, "/" + index(store), null, answer -> {
                    if (!Answer.part(answer, "acknowledged").asBoolean()) {
                        throw Answer.away("It has not deleted an index in time.");
                    }
                    return null;
                })
                .onFailure(IndexMissing.class)
                .recoverWithNull();
    }

    Uni<Set<String>> names() {
        return cluster.ask(HttpMethod.GET, "/" + config.indexPrefix() + "*/_alias", null, answer -> {
            Set<String> names = new HashSet<>();
            answer.fieldNames().forEachRemaining(index -> {
                String store = index.substring(Math.min(config.indexPrefix().length(), index.length()));
                if (index.startsWith(config.indexPrefix())
                        && STORE.matcher(store).matches()) {
                    names.add(store);
                }
            });
            return names;
        });
    }

    /** Fails with {@link IndexMissing} if the store does not exist. */
    Uni<Void> require(Store store) {
        return cluster.ask(HttpMethod.GET, "/" + index(store) + "/_alias", null, answer -> null);
    }

    Uni<Void> refresh(String index) {
        return cluster.<Void>ask(HttpMethod.POST, "/" + index + "/_refresh", null, answer -> {
            Answer.requireShards(answer);
            return null;
        });
    }

    Uni<IndexSize> size(Store store) {
        String search = """
                {"size": 0, "track_total_hits": true, "aggs": {"%1$s": {"nested": {"path": "%1$s"}}}}
                """.formatted(Names.PASSAGES);
        return cluster.ask(HttpMethod.POST, Searches.path(index(store)), Searches.body(search), answer -> {
            Answer.hits(answer);
            return new IndexSize(
                    count(answer.path("hits").path("total").path("value")),
                    count(answer.path("aggregations").path(Names.PASSAGES).path("doc_count")));
        });
    }

    private static long count(JsonNode number) {
        if (!number.isIntegralNumber()) {
            throw Answer.junk();
        }
        return number.longValue();
    }
}
