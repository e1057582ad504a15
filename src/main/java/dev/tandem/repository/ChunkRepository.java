package dev.tandem.repository;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.database.mapper.ChunkMapper;
import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The chunks of documents, with their vectors. They are primary data like the documents, so an index can be rebuilt without embedding
 * anything again.
 */
@Singleton
public class ChunkRepository {

    @Produces
    @Singleton
    static final ConstraintRefusal DOCUMENT_GONE =
            new ConstraintRefusal("fk_chunk_document_id", () -> Refusal.NotFound.gone(Document.NOUN));

    /**
     * The vectors are passed as one byte array with the end of each one, because the driver has no parameter type for arrays of byte
     * arrays.
     */
    static final String INSERT = """
            insert into chunk (document_id, vector_set, ordinal, start_offset, end_offset, embedding)
            select document_id, cast(:vector_set as integer), ordinal, start_offset, end_offset,
                   substring(cast(:embeddings as bytea) from cast(embedding_end - embedding_length as integer) + 1
                             for cast(embedding_length as integer))
            from unnest(cast(:documents as uuid[]), cast(:ordinals as bigint[]), cast(:starts as bigint[]), cast(:ends as bigint[]),
                        cast(:embedding_ends as bigint[]), cast(:embedding_lengths as bigint[]))
                 as part (document_id, ordinal, start_offset, end_offset, embedding_end, embedding_length)
            """;

    /** The key of the table finds each one. */
    private static final String SPANS = """
            select chunk.document_id, chunk.start_offset, chunk.end_offset
            from unnest(cast(:documents as uuid[]), cast(:ordinals as bigint[])) as wanted (document_id, ordinal)
            join chunk on chunk.document_id = wanted.document_id and chunk.vector_set = :vector_set and chunk.ordinal = wanted.ordinal
            """;

    /** In bytes: the vectors in one statement. An array of half a megabyte makes the garbage collector start a cycle in a small heap. */
    private static final int LARGEST_PIECE = 384 << 10;

    private final ChunkMapper mapper;

    ChunkRepository(ChunkMapper mapper) {
        this.mapper = mapper;
    }

    /** The chunks of these documents in a set, in order. The map has no entry for a document without chunks. */
    public Uni<Map<UUID, List<Chunk>>> of(VectorSet set, Collection<UUID> documentIds) {
        return ChunkEntity.<ChunkEntity>find(
                        inSet(documentIds) + " order by documentId, ordinal", Among.value(documentIds), set.number())
                .list()
                // Chunks are replaced, never changed. If the session kept the old ones, it would return them in place
                // of the new ones.
                .call(rows -> Panache.getSession().invoke(session -> rows.forEach(session::detach)))
                .map(rows -> rows.stream().map(mapper::toDomain).collect(groupingBy(Chunk::documentId)));
    }

    /**
     * Where one chunk of each document lies in the content, without its vector: a document may have thousands of chunks. The map has no
     * entry for a chunk that does not exist.
     *
     * @param ordinals the number of the chunk, by the id of its document
     */
    public Uni<Map<UUID, Span>> spans(VectorSet set, Map<UUID, Integer> ordinals) {
        List<Map.Entry<UUID, Integer>> wanted = List.copyOf(ordinals.entrySet());
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SPANS, Object[].class)
                        .setParameter("documents", Columns.ids(wanted, Map.Entry::getKey))
                        .setParameter("ordinals", Columns.numbers(wanted, chunk -> (long) chunk.getValue()))
                        .setParameter("vector_set", set.number())
                        .getResultList())
                .map(rows -> rows.stream().collect(toMap(row -> Rows.id(row[0]), ChunkRepository::span)));
    }

    private static Span span(Object[] row) {
        return new Span(Math.toIntExact(Rows.number(row[1])), Math.toIntExact(Rows.number(row[2])));
    }

    /** In HQL: the chunks of these documents in a set, by {@link Among} and the number of the set. */
    static String inSet(Collection<UUID> documentIds) {
        return Among.hql("documentId", "?1", documentIds) + " and vectorSet = ?2";
    }

    /** Replaces the chunks of these documents in a set. Each document must be locked. */
    public Uni<Void> replace(VectorSet set, Collection<UUID> documentIds, List<Chunk> chunks) {
        return ChunkEntity.delete(inSet(documentIds), Among.value(documentIds), set.number())
                .chain(() -> addAll(set, chunks));
    }

    /** Deletes the chunks of these documents in every set. Each document must be locked. */
    public Uni<Void> remove(Collection<UUID> documentIds) {
        return ChunkEntity.delete(Among.hql("documentId", "?1", documentIds), Among.value(documentIds))
                .replaceWithVoid();
    }

    /** Adds chunks to documents that have none in the set. Each document must be locked, or new in this transaction. */
    public Uni<Void> addAll(VectorSet set, List<Chunk> chunks) {
        Uni<Void> added = Uni.createFrom().voidItem();
        for (List<ChunkEntity> piece : pieces(chunks.stream()
                .map(chunk -> mapper.toEntity(chunk, set.number()))
                .toList())) {
            added = added.chain(() -> insert(set, piece));
        }
        return added;
    }

    private static List<List<ChunkEntity>> pieces(List<ChunkEntity> rows) {
        List<List<ChunkEntity>> pieces = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int at = 0; at < rows.size(); at++) {
            int length = rows.get(at).embedding.length;
            if (at > from && bytes + length > LARGEST_PIECE) {
                pieces.add(rows.subList(from, at));
                from = at;
                bytes = 0;
            }
            bytes += length;
        }
        if (from < rows.size()) {
            pieces.add(rows.subList(from, rows.size()));
        }
        return pieces;
    }

    private static Uni<Void> insert(VectorSet set, List<ChunkEntity> rows) {
        // Allocated with its final size: growing would allocate several arrays.
        ByteBuffer embeddings = ByteBuffer.allocate(
                rows.stream().mapToInt(row -> row.embedding.length).sum());
        Long[] ends = new Long[rows.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = (long) embeddings.put(rows.get(i).embedding).position();
        }
        return Panache.getSession().chain(session -> session.createNativeQuery(INSERT)
                .setParameter("vector_set", set.number())
                .setParameter("embeddings", embeddings.array())
                .setParameter("documents", Columns.ids(rows, row -> row.documentId))
                .setParameter("ordinals", Columns.numbers(rows, row -> (long) row.ordinal))
                .setParameter("starts", Columns.numbers(rows, row -> (long) row.startOffset))
                .setParameter("ends", Columns.numbers(rows, row -> (long) row.endOffset))
                .setParameter("embedding_ends", ends)
                .setParameter("embedding_lengths", Columns.numbers(rows, row -> (long) row.embedding.length))
                .executeUpdate()
                .replaceWithVoid());
    }
}
