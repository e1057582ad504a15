package dev.tandem.repository;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.database.mapper.ChunkMapper;
import dev.tandem.database.mapper.DocumentMapper;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.Filter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads documents with their chunks, each in one consistent state, and no more than fit. */
@Singleton
public class ExportRepository {

    private static final UUID BEGINNING = new UUID(0, 0);

    /** How many characters a component of a vector takes as text. */
    private static final int COMPONENT = 12;

    /**
     * One statement, because a document and its chunks must have the same state. It also reads the sizes, so that contents, metadata and
     * chunks leave PostgreSQL only for documents that fit. Sizes are those of the resulting text, and the last chunk's number gives the
     * number of chunks. The chunks of a document are returned as one byte array: as rows, each would repeat the content.
     */
    private static final String NEXT = """
            select %s,
                   case when :chunks then (
                       select string_agg(int4send(start_offset) || int4send(end_offset)
                                         || int4send(octet_length(embedding)) || embedding, '' order by ordinal)
                       from chunk where document_id = ahead.id and vector_set = :vector_set
                   ) end as chunks
            from (
                select sized.*, sum(bytes) over (order by id) as bytes_so_far
                from (
                    select document.*,
                           cast(300 + coalesce(octet_length(title), 0) + coalesce(octet_length(content), 0)
                                + octet_length(cast(metadata as text)) as bigint)
                           + case when :chunks then :chunk * coalesce(
                                 (select ordinal + 1 from chunk where document_id = document.id and vector_set = :vector_set
                                  order by ordinal desc limit 1), 0)
                             else 0 end as bytes
                    from document
                    where collection_id = :collection and id > :after %s
                    order by id limit :limit
                ) as sized
            ) as ahead
            where bytes_so_far <= :largest or bytes_so_far = bytes
            order by id
            """;

    private static final String COLUMNS = TableColumns.of(DocumentEntity.class).names();
    static final String EVERYTHING = statement(SqlCondition.TRUE);

    private final DocumentMapper documents;
    private final ChunkMapper chunks;

    ExportRepository(DocumentMapper documents, ChunkMapper chunks) {
        this.documents = documents;
        this.chunks = chunks;
    }

    /**
     * A document with its chunks.
     *
     * @param chunks in order; empty if they were not requested or do not exist
     */
    public record Whole(Document document, List<Chunk> chunks) {}

    /**
     * The limits of one read.
     *
     * @param documents the largest number of documents
     * @param bytes roughly the largest size of their output; one document always fits
     */
    public record Bounds(int documents, long bytes) {}

    /** The next documents of a collection that a scope has and a filter matches, by id, after {@code after}; null starts at the beginning. */
    public Uni<List<Whole>> next(
            Collection owner, Scope scope, Filter filter, boolean withChunks, @Nullable UUID after, Bounds bounds) {
        Filter wanted = scope.within(filter);
        SqlCondition matching = wanted.equals(Filter.EVERYTHING) ? SqlCondition.TRUE : FilterCondition.of(wanted);
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(
                            statement(matching),
                            session.getResultSetMapping(Object[].class, DocumentEntity.WITH_CHUNKS));
                    matching.parameters().forEach(query::setParameter);
                    return query.setParameter("collection", owner.id())
                            .setParameter("after", after == null ? BEGINNING : after)
                            .setParameter("chunks", withChunks)
                            .setParameter("vector_set", owner.searched().number())
                            .setParameter(
                                    "chunk",
                                    (long) COMPONENT * owner.embedding().dimensions())
                            .setParameter("limit", bounds.documents)
                            .setParameter("largest", bounds.bytes)
                            .getResultList();
                })
                .map(rows -> rows.stream().map(this::toDomain).toList());
    }

    private static String statement(SqlCondition matching) {
        return NEXT.formatted(COLUMNS, "and " + Expiry.AHEAD.sql() + " and " + matching.sql());
    }

    private Whole toDomain(Object[] row) {
        Document document = documents.toDomain((DocumentEntity) row[0]);
        return new Whole(document, row[1] == null ? List.of() : chunks.toDomain(document.id(), (byte[]) row[1]));
    }
}
