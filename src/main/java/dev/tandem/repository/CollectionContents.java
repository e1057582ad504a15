package dev.tandem.repository;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Deletes what is in a collection. */
final class CollectionContents {

    /** So few that no statement takes long: PostgreSQL deletes the chunks of each document one by one. */
    private static final int REMOVED_AT_ONCE = 1_000;

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final String REMOVE_PAGE = """
            with page as (
                select id from document where collection_id = :collection and id > :after order by id limit :limit),
            gone as (delete from document where id in (select id from page)),
            forgotten as (delete from revision where document_id in (select id from page))
            select id from page order by id desc limit 1
            """;
    private static final String REMOVE_REVISIONS = """
            delete from revision where ctid = any(array(
                select ctid from revision where collection_id = :collection limit :limit))
            """;

    private CollectionContents() {}

    static Uni<Void> removeDocuments(UUID collectionId) {
        return FreshPlans.toDeleteMany().chain(() -> removeDocuments(collectionId, BEGINNING));
    }

    private static Uni<Void> removeDocuments(UUID collectionId, UUID after) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(REMOVE_PAGE, UUID.class)
                        .setParameter("collection", collectionId)
                        .setParameter("after", after)
                        .setParameter("limit", REMOVED_AT_ONCE)
                        .getSingleResultOrNull())
                .chain(last -> last == null ? Uni.createFrom().voidItem() : removeDocuments(collectionId, last));
    }

    /** Deletes the revisions of documents that had been deleted before. */
    static Uni<Void> removeRevisions(UUID collectionId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(REMOVE_REVISIONS)
                        .setParameter("collection", collectionId)
                        .setParameter("limit", REMOVED_AT_ONCE)
                        .executeUpdate())
                .chain(count -> count < REMOVED_AT_ONCE ? Uni.createFrom().voidItem() : removeRevisions(collectionId));
    }
}
