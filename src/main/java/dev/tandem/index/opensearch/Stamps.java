package dev.tandem.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.index.Stamp;
import dev.tandem.index.opensearch.shape.Names;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads which documents searches see, and in which state. */
final class Stamps {

    /** OpenSearch's own limit for one answer. */
    private static final int MOST = 10_000;

    private final Cluster cluster;

    Stamps(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A longer page is read in several answers. */
    Uni<List<Stamp>> page(String index, @Nullable UUID after, int limit) {
        return read(index, search(after, Math.min(limit, MOST)))
                .chain(first -> first.size() < MOST || limit <= MOST
                        ? Uni.createFrom().item(first)
                        : page(index, first.getLast().id(), limit - MOST).map(rest -> {
                            List<Stamp> all = new ArrayList<>(first);
                            all.addAll(rest);
                            return all;
                        }));
    }

    private static ObjectNode search(@Nullable UUID after, int size) {
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("size", size).put("_source", false).put("track_total_hits", false);
        search.putArray("docvalue_fields").add(Names.ID).add(Names.STAMP);
        search.putArray("sort").addObject().put(Names.ID, "asc");
        if (after != null) {
            search.putArray("search_after").add(after.toString());
        }
        return search;
    }

    Uni<Map<UUID, Long>> of(String index, Set<UUID> documentIds) {
        List<UUID> all = List.copyOf(documentIds);
        return Multi.createFrom()
                .range(0, (all.size() + MOST - 1) / MOST)
                .map(part -> all.subList(part * MOST, Math.min(all.size(), (part + 1) * MOST)))
                .onItem()
                .transformToUniAndConcatenate(part -> read(index, chosen(part)))
                .collect()
                .in(HashMap::new, (stamps, part) -> part.forEach(stamp -> stamps.put(stamp.id(), stamp.value())));
    }

    private static ObjectNode chosen(List<UUID> ids) {
        ObjectNode search = search(null, ids.size());
        var wanted = search.putObject("query").putObject("terms").putArray(Names.ID);
        ids.forEach(id -> wanted.add(id.toString()));
        return search;
    }

    private Uni<List<Stamp>> read(String index, ObjectNode search) {
        return cluster.ask(HttpMethod.POST, Searches.path(index), Cluster.json(search), answer -> {
            List<Stamp> stamps = new ArrayList<>();
            for (JsonNode hit : Answer.hits(answer)) {
                JsonNode fields = Answer.part(hit, "fields");
                JsonNode stamp = fields.path(Names.STAMP).path(0);
                if (!stamp.isIntegralNumber()) {
                    throw Answer.junk();
                }
                stamps.add(
                        new Stamp(UUID.fromString(fields.path(Names.ID).path(0).asText()), stamp.longValue()));
            }
            return stamps;
        });
    }
}
