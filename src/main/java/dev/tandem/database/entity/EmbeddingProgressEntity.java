package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code embedding_progress}: a chunk of a large document that is embedded while other chunks of it are not. */
@Entity
@IdClass(EmbeddingProgressId.class)
@Table(name = "embedding_progress")
@PgForeignKey(
        name = "fk_embedding_progress_document_id",
        columns = "document_id, vector_set",
        references = "embedding_task (document_id, vector_set)",
        onDelete = "cascade")
public class EmbeddingProgressEntity extends PanacheEntityBase {

    @Id
    @Column(name = "document_id")
    public UUID documentId;

    /** The number of the vector set that it belongs to. */
    @Id
    @Column(name = "vector_set", nullable = false, columnDefinition = "integer default 0")
    public int vectorSet;

    @Id
    public int ordinal;

    @Column(name = "start_offset", nullable = false)
    public int startOffset;

    @Column(name = "end_offset", nullable = false)
    public int endOffset;

    /** float32, little-endian. */
    @Column(nullable = false)
    public byte[] embedding;
}
