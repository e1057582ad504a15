package dev.tandem.repository;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.search.example.Centroid;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The mean vectors of documents. */
@Singleton
public class ChunkMeans {

    /** So many chunks of a document count, which are some ten thousand words. All of them could be too many to be in memory together. */
    private static final int MOST = 256;

    ChunkMeans() {}

    /** The mean of the first vectors of each document in a set. The map has no entry for a document without vectors. */
    public Uni<Map<UUID, Vector>> of(VectorSet set, Collection<UUID> documentIds) {
        Map<UUID, Vector> means = new HashMap<>();
        return Multi.createFrom()
                .iterable(documentIds)
                .onItem()
                .transformToUniAndConcatenate(
                        id -> first(set, id).map(rows -> centroid(set, rows)).invoke(centroid -> {
                            if (!centroid.isEmpty()) {
                                means.put(id, centroid.mean());
                            }
                        }))
                .collect()
                .last()
                .replaceWith(means);
    }

    private static Uni<List<ChunkEntity>> first(VectorSet set, UUID documentId) {
        return ChunkEntity.<ChunkEntity>find(
                        "documentId = ?1 and vectorSet = ?2 and ordinal < ?3 order by ordinal",
                        documentId,
                        set.number(),
                        MOST)
                .list()
                // The session would keep them.
                .call(rows -> Panache.getSession().invoke(session -> rows.forEach(session::detach)));
    }

    private static Centroid centroid(VectorSet set, List<ChunkEntity> rows) {
        Centroid centroid = new Centroid(set.embedding());
        rows.forEach(row -> centroid.add(Vector.ofBytes(row.embedding)));
        return centroid;
    }
}
