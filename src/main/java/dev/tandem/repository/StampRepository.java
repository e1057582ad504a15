package dev.tandem.repository;

import dev.tandem.domain.change.Position;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The state of documents' rows for a comparison with an index, without their texts and vectors. */
@Singleton
public class StampRepository {

    /**
     * The same value as {@link dev.tandem.index.IndexEntry#stamp()}, in one statement, so that a row and its chunks have the same state.
     */
    private static final String STAMPED = """
            select document.id, document.key,
                   cast(cast(concat('x', left(encode(sha256(
                       int8send(document.version)
                       || int8send(cast(extract(epoch from document.updated_at) * 1000000 as bigint))
                       || convert_to(document.content_hash, 'UTF8')
                       || coalesce((select string_agg(int4send(ordinal) || int4send(start_offset) || int4send(end_offset) || embedding,
                                                      cast('' as bytea) order by ordinal)
                                    from chunk where chunk.document_id = document.id and vector_set = :vector_set), cast('' as bytea))),
                       'hex'), 16)) as bit(64)) as bigint),
                   coalesce(%s < document.text_version,
                            not exists (select from chunk where chunk.document_id = document.id and vector_set = :vector_set))
                   and not exists (select from embedding_task
                                   where embedding_task.document_id = document.id and vector_set = :vector_set)
            from document where document.collection_id = :collection
            """.formatted(SetSql.EMBEDDED);

    private static final String PAGE = STAMPED + "and document.id > :after order by document.id limit :limit";
    private static final String OF = STAMPED + "and document.id = any(cast(:documents as uuid[]))";

    private static final String CHANGES = """
            select distinct document_id, cast(cast(txid as text) as bigint) from change
            where collection_id = :collection and txid >= cast(cast(:from as text) as xid8)
              and document_id = any(cast(:documents as uuid[]))
            """;

    private static final String LOCK = """
            select id from document where id = any(cast(:documents as uuid[])) order by id for no key update
            """;

    /**
     * Adds nothing if the document has been embedded meanwhile, or already has a task. The documents must be locked before this statement
     * runs.
     */
    private static final String EMBED = """
            insert into embedding_task (document_id, vector_set, collection_id, version, size, attempts, due_at)
            select id, cast(:vector_set as integer), collection_id, version,
                   coalesce(octet_length(title), 0) + coalesce(octet_length(content), 0), 0, now()
            from document
            where id = any(cast(:documents as uuid[]))
              and coalesce(%s < text_version,
                           not exists (select from chunk where document_id = document.id and vector_set = :vector_set))
            on conflict on constraint pk_embedding_task do nothing
            """.formatted(SetSql.EMBEDDED);

    /**
     * A document's state according to its rows.
     *
     * @param stamp equal for equal states of the row and its chunks
     * @param isBare whether it has no vectors of its text, and no task will make them
     */
    public record Stamped(UUID id, String key, long stamp, boolean isBare) {}

    /** The next documents of a collection after {@code after}, by id, with the vectors that searches use. */
    public Uni<List<Stamped>> page(dev.tandem.domain.collection.Collection owner, UUID after, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PAGE, Object[].class)
                        .setParameter("collection", owner.id())
                        .setParameter("vector_set", owner.searched().number())
                        .setParameter("after", after)
                        .setParameter("limit", limit)
                        .getResultList())
                .map(StampRepository::stamped);
    }

    /** Those of the documents that the collection has, in no particular order. */
    public Uni<List<Stamped>> of(dev.tandem.domain.collection.Collection owner, Collection<UUID> documentIds) {
        return Panache.getSession()
                .chain(session -> documents(session.createNativeQuery(OF, Object[].class), documentIds)
                        .setParameter("collection", owner.id())
                        .setParameter("vector_set", owner.searched().number())
                        .getResultList())
                .map(StampRepository::stamped);
    }

    /** For each of the documents that has changes unseen by a reader at the position: the last transaction with such a change. */
    public Uni<Map<UUID, Long>> unseenChanges(UUID collectionId, Position position, Collection<UUID> documentIds) {
        return Panache.getSession()
                .chain(session -> documents(session.createNativeQuery(CHANGES, Object[].class), documentIds)
                        .setParameter("collection", collectionId)
                        .setParameter("from", Long.toString(position.firstUnseen()))
                        .getResultList())
                .map(rows -> {
                    Map<UUID, Long> unseen = new HashMap<>();
                    rows.stream()
                            .filter(row -> !position.shows(Rows.number(row[1])))
                            .forEach(row -> unseen.merge(Rows.id(row[0]), Rows.number(row[1]), Math::max));
                    return unseen;
                });
    }

    /** Adds tasks to embed the texts of bare documents; returns how many. */
    public Uni<Integer> embed(dev.tandem.domain.collection.Collection owner, Collection<UUID> documentIds) {
        UUID[] ids = documentIds.toArray(UUID[]::new);
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK, UUID.class)
                .setParameter("documents", ids)
                .getResultList()
                .chain(() -> session.createNativeQuery(EMBED)
                        .setParameter("documents", ids)
                        .setParameter("vector_set", owner.searched().number())
                        .executeUpdate()));
    }

    private static <T> Mutiny.SelectionQuery<T> documents(Mutiny.SelectionQuery<T> query, Collection<UUID> ids) {
        return query.setParameter("documents", ids.toArray(UUID[]::new));
    }

    private static List<Stamped> stamped(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new Stamped(Rows.id(row[0]), (String) row[1], Rows.number(row[2]), (boolean) row[3]))
                .toList();
    }
}
