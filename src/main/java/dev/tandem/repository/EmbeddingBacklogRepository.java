package dev.tandem.repository;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Counts the documents of a collection that are still to be embedded. */
@Singleton
public class EmbeddingBacklogRepository {

    private static final String WAITING = """
            select count(*) from (
                select 1 from embedding_task
                where collection_id = :collection and parked_at is null and asked_by = 'WRITE' limit :most) as waiting
            """;

    /**
     * How many documents wait for new vectors, up to {@code most}. Parked documents don't wait, and neither do those whose vectors are only
     * made again.
     */
    public Uni<Integer> waiting(UUID collectionId, int most) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(WAITING, Long.class)
                        .setParameter("collection", collectionId)
                        .setParameter("most", most)
                        .getSingleResult())
                .map(Long::intValue);
    }
}
