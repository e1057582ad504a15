package dev.tandem.repository;

import dev.tandem.database.filter.Expiry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the documents whose time is over, and locks them. A document that gets more time before it is locked is not one of them. */
@Singleton
public class ExpiryRepository {

    /** Never waits: a row that another transaction has locked is found later, if its time is still over. */
    private static final String NEXT = """
            with expired as (
                select id, collection_id, %s as size from document where %s
                order by expires_at limit :limit for update skip locked)
            select id, collection_id
            from (select id, collection_id, size, sum(size) over (order by id) as total from expired) as sized
            where total <= :octets or total = size
            """.formatted(DocumentSizes.SIZE, Expiry.OVER.sql());

    private static final String WITH_KEY = """
            select id from document where collection_id = :collection and key = :key and %s for update
            """.formatted(Expiry.OVER.sql());

    /** A document whose time is over. */
    public record Expired(UUID id, UUID collectionId) {}

    /**
     * Locks some of those that expired first.
     *
     * @param limit how many at most
     * @param octets how large they may be together; one may be larger
     */
    public Uni<List<Expired>> lockNext(int limit, long octets) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(NEXT, Object[].class)
                        .setParameter("limit", limit)
                        .setParameter("octets", octets)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Expired(Rows.id(row[0]), Rows.id(row[1])))
                        .toList());
    }

    /** Locks the one that has a key; null if there is none. */
    public Uni<@Nullable UUID> lock(UUID collectionId, String key) {
        return Panache.getSession().chain(session -> session.createNativeQuery(WITH_KEY, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("key", key)
                .getSingleResultOrNull());
    }
}
