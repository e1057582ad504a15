package dev.tandem.repository;

import dev.tandem.domain.collection.Collection;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Counts the documents of a collection that are still to be embedded. */
@Singleton
public class EmbeddingBacklogRepository {

    private static final String WAITING = """
            select count(*) from (
                select 1 from embedding_task
                where collection_id = :collection and vector_set = :vector_set and parked_at is null and asked_by = 'WRITE'
                limit :most) as waiting
            """;

    /**
     * How many documents wait for new vectors that searches use, up to {@code most}. Parked documents don't wait, and neither do those whose vectors are only
     * made again.
     */
    public Uni<Integer> waiting(Collection collection, int most) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(WAITING, Long.class)
                        .setParameter("collection", collection.id())
                        .setParameter("vector_set", collection.searched().number())
                        .setParameter("most", most)
                        .getSingleResult())
                .map(Long::intValue);
    }
}
