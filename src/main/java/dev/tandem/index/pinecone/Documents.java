package dev.tandem.index.pinecone;

import dev.tandem.index.pinecone.http.DataPlane;
import dev.tandem.index.shared.StoreGone;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the documents of a store. */
final class Documents {

    /** Each id is in the address of the request, which some servers take up to 4 KB of, and each record comes with its vector. */
    static final int FETCHED_AT_ONCE = 75;

    private static final int SIDE_BY_SIDE = 4;

    private Documents() {}

    record Seen(Marker marker, Map<UUID, Head> heads) {}

    /** The heads of these documents, as far as they exist. Fails with {@link StoreGone} if the store does not exist. */
    static Uni<Seen> read(Place place, Collection<UUID> ids) {
        List<String> wanted = new ArrayList<>();
        wanted.add(Place.ANCHOR);
        ids.forEach(id -> wanted.add(id.toString()));
        return fetch(place.plane(), place.documents(), wanted, FETCHED_AT_ONCE).map(records -> {
            JsonObject anchor = records.remove(Place.ANCHOR);
            if (anchor == null) {
                throw new StoreGone(place.store());
            }
            Map<UUID, Head> heads = new HashMap<>();
            records.forEach((id, record) -> heads.put(UUID.fromString(id), Head.of(record)));
            return new Seen(Marker.of(anchor), heads);
        });
    }

    static Uni<Marker> marker(Place place) {
        return read(place, List.of()).map(Seen::marker);
    }

    /** Any number of records. */
    static Uni<Map<String, JsonObject>> fetch(DataPlane plane, String namespace, List<String> ids, int atOnce) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += atOnce) {
            parts.add(ids.subList(from, Math.min(ids.size(), from + atOnce)));
        }
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUni(part -> plane.fetch(namespace, part))
                .merge(SIDE_BY_SIDE)
                .collect()
                .in(HashMap::new, Map::putAll);
    }
}
