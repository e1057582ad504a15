package dev.tandem.index.pinecone;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.Stamp;
import dev.tandem.index.pinecone.Records.Passage;
import dev.tandem.index.pinecone.http.DataPlane;
import dev.tandem.index.pinecone.http.DataPlane.Match;
import dev.tandem.index.pinecone.query.Condition;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the documents whose best passage is nearest to a vector. Pinecone finds passages, and its scores are not exact. So more passages
 * are asked for, their similarity is computed from their vectors, and if all of them belong to a few documents, those are left out and
 * Pinecone is asked again.
 */
final class NearestSearch {

    private static final Comparator<VectorMatch> BEST_FIRST = Comparator.comparingDouble(VectorMatch::similarity)
            .reversed()
            .thenComparing(VectorMatch::documentId, Stamp.ORDER);

    /** Pinecone finds no more at once. */
    private static final int MOST = 10_000;

    /** Pinecone answers with no more than 4 MB. */
    private static final long MOST_BYTES = 3_000_000;

    private static final int BYTES_OF_A_COMPONENT = 14;

    private final Place place;
    private final Records records;
    private final Vector target;
    private final int limit;
    private final Map<UUID, VectorMatch> found = new LinkedHashMap<>();

    NearestSearch(Place place, Vector target, int limit) {
        this.place = place;
        this.records = new Records(place.store().shape());
        this.target = target;
        this.limit = limit;
    }

    Uni<List<VectorMatch>> nearest(Condition condition) {
        return round(condition, (int) Math.min(MOST, 2L * limit + 20))
                .map(done ->
                        found.values().stream().sorted(BEST_FIRST).limit(limit).toList());
    }

    private Uni<Boolean> round(Condition condition, int most) {
        int before = found.size();
        boolean hasValues = (long) most * bytesOfAVector() <= MOST_BYTES;
        return place.plane()
                .query(query(condition.except(found.keySet()), most, hasValues))
                .chain(matches -> {
                    if (matches.isEmpty() && found.isEmpty()) {
                        return Documents.marker(place).replaceWith(true);
                    }
                    return (hasValues ? withValues(matches) : withoutValues(matches))
                            .chain(() -> found.size() >= limit || found.size() == before || matches.size() < most
                                    ? Uni.createFrom().item(true)
                                    : round(condition, Math.min(MOST, 4 * most)));
                });
    }

    private JsonObject query(Condition condition, int most, boolean hasValues) {
        JsonObject query = JsonObject.of(
                "namespace",
                place.passages(),
                "topK",
                most,
                "vector",
                DataPlane.values(records.stored(target)),
                "includeValues",
                hasValues);
        return condition.equals(Condition.EVERYTHING) ? query : query.put("filter", condition.json());
    }

    private Uni<Void> withValues(List<Match> matches) {
        for (Match match : matches) {
            Passage passage = Records.passage(match.id());
            float[] values = match.values();
            if (passage != null && values != null) {
                add(passage, values);
            }
        }
        return Uni.createFrom().voidItem();
    }

    /** The vectors of the passages that Pinecone thinks best of each document. */
    private Uni<Void> withoutValues(List<Match> matches) {
        Map<UUID, Passage> best = new LinkedHashMap<>();
        for (Match match : matches) {
            Passage passage = Records.passage(match.id());
            if (passage != null && best.size() + found.size() < limit) {
                best.putIfAbsent(passage.documentId(), passage);
            }
        }
        Map<String, Passage> byId = new HashMap<>();
        best.values().forEach(passage -> byId.put(passage.recordId(), passage));
        int atOnce = (int) Math.clamp(MOST_BYTES / bytesOfAVector(), 1, Documents.FETCHED_AT_ONCE);
        return Documents.fetch(place.plane(), place.passages(), List.copyOf(byId.keySet()), atOnce)
                .invoke(fetched -> fetched.forEach((id, record) -> {
                    Passage passage = byId.get(id);
                    float[] values = DataPlane.floats(record.getJsonArray("values"));
                    if (passage != null && values != null) {
                        add(passage, values);
                    }
                }))
                .replaceWithVoid();
    }

    private void add(Passage passage, float[] values) {
        Vector vector = Vector.of(values);
        if (!records.takes(vector)) {
            return;
        }
        double similarity = records.shape().metric().similarity(target, vector);
        found.merge(
                passage.documentId(),
                new VectorMatch(passage.documentId(), similarity, passage.ordinal()),
                (one, other) -> better(one, other) ? one : other);
    }

    /** Of equal passages the first one, as in the text. */
    private static boolean better(VectorMatch one, VectorMatch other) {
        return one.similarity() > other.similarity()
                || (one.similarity() == other.similarity() && one.ordinal() < other.ordinal());
    }

    private long bytesOfAVector() {
        return 60L + (long) records.shape().dimensions() * BYTES_OF_A_COMPONENT;
    }
}
