package dev.tandem.repository;

import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.embedding.HeldTask;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.List;

/** The finished chunks of large documents that are not embedded completely yet. They are deleted with the task. */
@Singleton
public class EmbeddingProgressRepository {

    @Produces
    @Singleton
    static final ConstraintRefusal DOCUMENT_GONE =
            new ConstraintRefusal("fk_embedding_progress_document_id", () -> Refusal.NotFound.gone(Document.NOUN));

    private static final String SPANS = """
            select start_offset, end_offset from embedding_progress where document_id = :document and vector_set = :vector_set
            order by ordinal
            """;
    static final String INSERT = """
            insert into embedding_progress (document_id, vector_set, ordinal, start_offset, end_offset, embedding)
            select :document, cast(:vector_set as integer), ordinal, start_offset, end_offset,
                   substring(cast(:embeddings as bytea) from cast((place - 1) * :length as integer) + 1 for cast(:length as integer))
            from unnest(cast(:ordinals as bigint[]), cast(:starts as bigint[]), cast(:ends as bigint[])) with ordinality
                 as part (ordinal, start_offset, end_offset, place)
            """;
    private static final String FORGET =
            "delete from embedding_progress where document_id = :document and vector_set = :vector_set";
    static final String MOVE = """
            insert into chunk (document_id, vector_set, ordinal, start_offset, end_offset, embedding)
            select document_id, vector_set, ordinal, start_offset, end_offset, embedding from embedding_progress
            where document_id = :document and vector_set = :vector_set
            """;

    /** Where the chunks that have been embedded so far are, in order. */
    public Uni<List<Span>> spans(HeldTask task) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SPANS, Object[].class)
                        .setParameter("document", task.documentId())
                        .setParameter("vector_set", task.vectorSet())
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Span((int) Rows.number(row[0]), (int) Rows.number(row[1])))
                        .toList());
    }

    /** Adds chunks of one document, whose vectors have the same length. The same transaction must hold the task. */
    public Uni<Void> add(HeldTask task, List<Chunk> chunks) {
        int length = chunks.getFirst().vector().toBytes().length;
        ByteBuffer embeddings = ByteBuffer.allocate(length * chunks.size());
        chunks.forEach(chunk -> embeddings.put(chunk.vector().toBytes()));
        return Panache.getSession().chain(session -> session.createNativeQuery(INSERT)
                .setParameter("document", task.documentId())
                .setParameter("vector_set", task.vectorSet())
                .setParameter("embeddings", embeddings.array())
                .setParameter("length", (long) length)
                .setParameter("ordinals", Columns.numbers(chunks, chunk -> (long) chunk.ordinal()))
                .setParameter("starts", Columns.numbers(chunks, chunk -> (long) chunk.start()))
                .setParameter("ends", Columns.numbers(chunks, chunk -> (long) chunk.end()))
                .executeUpdate()
                .replaceWithVoid());
    }

    public Uni<Void> forget(HeldTask task) {
        return Panache.getSession().chain(session -> session.createNativeQuery(FORGET)
                .setParameter("document", task.documentId())
                .setParameter("vector_set", task.vectorSet())
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Gives a document its finished chunks, and returns how many they are. The document must be locked and have no chunks. */
    public Uni<Integer> moveToChunks(HeldTask task) {
        return Panache.getSession().chain(session -> session.createNativeQuery(MOVE)
                .setParameter("document", task.documentId())
                .setParameter("vector_set", task.vectorSet())
                .executeUpdate());
    }
}
