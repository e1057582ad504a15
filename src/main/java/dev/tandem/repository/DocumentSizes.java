package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.embedding.VectorSet;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** How large documents are, with their vectors where those are wanted: looked at before anything large leaves PostgreSQL. */
@Singleton
public class DocumentSizes {

    /** The ordinal of a document's last chunk says how many chunks it has. */
    private static final String VECTORS = """
            + cast(:chunk as bigint) * coalesce(
                  (select ordinal + 1 from chunk where document_id = document.id and vector_set = :vector_set
                   order by ordinal desc limit 1), 0)
            """;

    /**
     * What a row's title and metadata take in an answer, in bytes. PostgreSQL stores long values compressed, a thousand times smaller than they are
     * if they repeat themselves, and tells the size of such a jsonb only by reading it.
     */
    static final String SIZE_BESIDE_CONTENT = """
            coalesce(octet_length(title), 0)
                + case when pg_column_compression(metadata) is null then pg_column_size(metadata)
                       else octet_length(cast(metadata as text)) end
            """;

    /** The same with the content. */
    static final String SIZE = "coalesce(octet_length(content), 0) + " + SIZE_BESIDE_CONTENT;

    private static final String SIZES = "select id, key, %s from document where collection_id = :collection and %s";

    private static final String OF_KEYS = "key = any(cast(:keys as text[]))";
    private static final String OF_IDS = "id = any(cast(:ids as uuid[]))";
    private static final String BY_KEYS = SIZES.formatted(SIZE, OF_KEYS);
    private static final String BY_KEYS_WITH_VECTORS = SIZES.formatted(SIZE + VECTORS, OF_KEYS);
    private static final String BY_IDS_WITH_VECTORS = SIZES.formatted(SIZE + VECTORS, OF_IDS);
    private static final String BY_IDS_WITHOUT_CONTENT = SIZES.formatted(SIZE_BESIDE_CONTENT + VECTORS, OF_IDS);

    DocumentSizes() {}

    /**
     * Which documents of a scope have these keys, and how large they are, by key; a key without a document is missing from the map.
     *
     * @param withVectors whether the sizes are those with the vectors
     */
    public Uni<Map<String, DocumentSize>> byKeys(
            Collection owner, Scope scope, List<String> keys, boolean withVectors) {
        SqlCondition seen = scope.isLimited() ? FilterCondition.of(scope.filter()) : SqlCondition.TRUE;
        String statement =
                (withVectors ? BY_KEYS_WITH_VECTORS : BY_KEYS) + " and " + Expiry.AHEAD.sql() + " and " + seen.sql();
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(statement, Object[].class);
                    seen.parameters().forEach(query::setParameter);
                    if (withVectors) {
                        query.setParameter("chunk", chunk(owner.searched()))
                                .setParameter("vector_set", owner.searched().number());
                    }
                    return query.setParameter("collection", owner.id())
                            .setParameter("keys", keys.toArray(String[]::new))
                            .getResultList();
                })
                .map(rows -> rows.stream().collect(toMap(row -> (String) row[1], DocumentSizes::size)));
    }

    /** How many of the first of these documents are not too large for one answer, with their vectors in a set; one always fits. */
    public Uni<Integer> fittingWithVectors(Collection owner, VectorSet set, List<Document> documents) {
        return withVectors(owner, set, documents, true).map(sizes -> fitting(documents, sizes));
    }

    /** How many of the first of these documents are not too large for one answer; one always fits. */
    static int fitting(List<Document> documents, Map<UUID, DocumentSize> sizes) {
        List<DocumentSize> ordered = documents.stream()
                .map(document -> sizes.getOrDefault(document.id(), new DocumentSize(document.id(), 0)))
                .toList();
        return DocumentSize.fitting(ordered, DocumentPages.LARGEST_PAGE);
    }

    /** The sizes of the existing documents among these, in bytes, with the vectors that searches use. */
    public Uni<Map<UUID, Long>> withVectors(Collection owner, Set<UUID> ids) {
        return sizesWithVectors(owner, owner.searched(), ids.toArray(UUID[]::new), true)
                .map(sizes -> sizes.collect(toMap(DocumentSize::id, DocumentSize::bytes)));
    }

    /**
     * How large these documents are with their vectors in a set, by id; one that no longer exists is missing.
     *
     * @param withContents whether their contents count
     */
    Uni<Map<UUID, DocumentSize>> withVectors(
            Collection owner, VectorSet set, List<Document> documents, boolean withContents) {
        return sizesWithVectors(owner, set, documents.stream().map(Document::id).toArray(UUID[]::new), withContents)
                .map(sizes -> sizes.collect(toMap(DocumentSize::id, Function.identity())));
    }

    private static Uni<Stream<DocumentSize>> sizesWithVectors(
            Collection owner, VectorSet set, UUID[] ids, boolean withContents) {
        String statement = withContents ? BY_IDS_WITH_VECTORS : BY_IDS_WITHOUT_CONTENT;
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement, Object[].class)
                        .setParameter("collection", owner.id())
                        .setParameter("chunk", chunk(set))
                        .setParameter("vector_set", set.number())
                        .setParameter("ids", ids)
                        .getResultList())
                .map(rows -> rows.stream().map(DocumentSizes::size));
    }

    private static long chunk(VectorSet set) {
        return (long) StoredVectors.COMPONENT * set.embedding().dimensions();
    }

    private static DocumentSize size(Object[] row) {
        return new DocumentSize(Rows.id(row[0]), Rows.number(row[2]));
    }
}
