package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The documents of a collection as a list: those that a filter matches, in an order, page by page. */
@Singleton
public class DocumentPages {

    /** A page may have this many documents, however large they are. */
    static final int SMALL_PAGE = 5;

    /** In bytes, as {@link DocumentSize} counts them. */
    public static final long LARGEST_PAGE = 8 << 20;

    private static final String AHEAD = """
            select id from document where collection_id = :collection and id > :after and id <= :until
            order by id offset :others limit 1
            """;
    private static final String LAST =
            "select id from document where collection_id = :collection order by id desc limit 1";
    private static final String LOCK_EMBEDDED = """
            select id from document
            where collection_id = :collection and id > :after and id <= :until
              and (%s is not null
                   or exists (select 1 from embedding_task
                              where embedding_task.document_id = document.id and vector_set = :vector_set))
            order by id limit :limit for no key update
            """.formatted(SetSql.EMBEDDED);
    private static final String LOCK_ALL = """
            select id from document where collection_id = :collection and id > :after and id <= :until
            order by id limit :limit for no key update
            """;

    /** The argument is the ids in their order. */
    private static final String SORTED_SIZES = """
            select document.id, cast(%s as bigint)
            from unnest%%s with ordinality as sorted (id, place) join document on document.id = sorted.id
            order by place
            """.formatted(DocumentSizes.SIZE);

    private final DocumentRows rows;

    DocumentPages(DocumentRows rows) {
        this.rows = rows;
    }

    /** A page of what a scope has. It is shorter than its limit if the documents are large. */
    public Uni<Page<Document>> page(Collection owner, Scope scope, DocumentQuery query) {
        DocumentQuery seen = query.within(scope);
        IndexedOrder order = IndexedOrder.of(query.order());
        Uni<Page<Document>> page = order == null ? sorted(owner, seen) : indexed(owner.id(), seen, order);
        return page.chain(read -> DocumentCount.of(owner.id(), seen).map(read::counted));
    }

    private Uni<Page<Document>> indexed(UUID collectionId, DocumentQuery query, IndexedOrder order) {
        return fitting(collectionId, query, order)
                .chain(limit -> Pages.read(
                        limit,
                        atMost -> rows.all(DocumentSelection.of(collectionId, query, order)
                                .findFirst(atMost, DocumentSelection.order(query, order))
                                .list())));
    }

    private static Uni<Integer> fitting(UUID collectionId, DocumentQuery query, IndexedOrder order) {
        return query.limit() <= SMALL_PAGE
                ? Uni.createFrom().item(query.limit())
                : sizes(
                                DocumentSelection.of(collectionId, query, order),
                                DocumentSelection.order(query, order),
                                query.limit())
                        .map(DocumentPages::fitting);
    }

    /** At least a small page. */
    private static int fitting(List<DocumentSize> sizes) {
        return Math.max(DocumentSize.fitting(sizes, LARGEST_PAGE), SMALL_PAGE);
    }

    /** The documents are sorted once: their sizes say how many of them to read. */
    private Uni<Page<Document>> sorted(Collection owner, DocumentQuery query) {
        return sortedSizes(owner, query).chain(sizes -> {
            int shown = Math.min(sizes.size(), Math.min(query.limit(), fitting(sizes)));
            List<UUID> ids =
                    sizes.subList(0, shown).stream().map(DocumentSize::id).toList();
            DocumentSelection selection = DocumentSelection.among(owner.id(), query.filter(), ids);
            return rows.all(selection.find().list())
                    .map(read -> read.stream()
                            .sorted(Comparator.comparingInt(document -> ids.indexOf(document.id())))
                            .toList())
                    .map(read -> new Page<>(read, sizes.size() > shown, null));
        });
    }

    private static Uni<List<DocumentSize>> sortedSizes(Collection owner, DocumentQuery query) {
        return MetadataIndexLookup.idsInside(owner, query, query.limit() + 1).chain(DocumentPages::sizes);
    }

    private static Uni<List<DocumentSize>> sizes(SqlCondition ids) {
        return Panache.getSession()
                .chain(session -> {
                    var sizes = session.createNativeQuery(SORTED_SIZES.formatted(ids.sql()), Object[].class);
                    ids.parameters().forEach(sizes::setParameter);
                    return sizes.getResultList();
                })
                .map(DocumentRows::sizes);
    }

    /** The sizes of the first documents by id that a filter matches, after {@code after} and up to {@code until}. */
    public Uni<List<DocumentSize>> sizes(UUID collectionId, Filter filter, UUID after, UUID until, int limit) {
        return sizes(DocumentSelection.between(collectionId, filter, after, until), "id", limit);
    }

    /** The same for all rows, also of documents that have expired. */
    public Uni<List<DocumentSize>> rowSizes(UUID collectionId, UUID after, UUID until, int limit) {
        return sizes(DocumentSelection.rowsBetween(collectionId, after, until), "id", limit);
    }

    private static Uni<List<DocumentSize>> sizes(DocumentSelection selection, String order, int limit) {
        return DocumentEntity.find(DocumentRows.SIZES + selection.first(limit, order), selection.parameters())
                .project(Object[].class)
                .list()
                .map(DocumentRows::sizes);
    }

    /** Those of these documents that a scope has and a filter matches, in no order. */
    public Uni<List<Document>> matching(UUID collectionId, Scope scope, Filter filter, List<UUID> ids) {
        DocumentSelection selection = DocumentSelection.among(collectionId, scope.within(filter), ids);
        return rows.all(selection.find().list());
    }

    /**
     * Locks those of these documents that a filter matches, in the order of their ids. No other transaction can change them until this one
     * ends. A document that stopped matching before it was locked is left out.
     */
    public Uni<List<Document>> lockMatching(UUID collectionId, Filter filter, List<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        DocumentSelection selection = DocumentSelection.among(collectionId, filter, ids);
        return rows.all(selection
                .find(Sort.by("id"))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list());
    }

    /**
     * Locks the first documents, after {@code after} and up to {@code until}, whose vectors in a set a model has made or will make. Returns
     * their ids. No other transaction can change them until this one ends.
     *
     * @param vectorSet the number of the set
     */
    public Uni<List<UUID>> lockEmbedded(UUID collectionId, int vectorSet, UUID after, UUID until, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK_EMBEDDED, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("vector_set", vectorSet)
                .setParameter("after", after)
                .setParameter("until", until)
                .setParameter("limit", limit)
                .getResultList());
    }

    /**
     * Locks the first documents after {@code after} and up to {@code until}. Returns their ids. No other transaction can change them until
     * this one ends.
     */
    public Uni<List<UUID>> lockAll(UUID collectionId, UUID after, UUID until, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LOCK_ALL, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("after", after)
                .setParameter("until", until)
                .setParameter("limit", limit)
                .getResultList());
    }

    /** The id of the document that is that many places behind {@code after}; null if that is behind {@code until} or does not exist. */
    public Uni<@Nullable UUID> ahead(UUID collectionId, UUID after, UUID until, int count) {
        return Panache.getSession().chain(session -> session.createNativeQuery(AHEAD, UUID.class)
                .setParameter("collection", collectionId)
                .setParameter("after", after)
                .setParameter("until", until)
                .setParameter("others", count - 1)
                .getSingleResultOrNull());
    }

    /** The greatest id in a collection; null if it is empty. */
    public Uni<@Nullable UUID> last(UUID collectionId) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LAST, UUID.class)
                .setParameter("collection", collectionId)
                .getSingleResultOrNull());
    }

    /** How many documents a filter matches. */
    public Uni<Long> count(UUID collectionId, Filter filter) {
        return DocumentCount.exact(collectionId, filter);
    }
}
