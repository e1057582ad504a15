package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code chunk}. */
@Entity
@IdClass(ChunkId.class)
@Table(name = "chunk")
@PgForeignKey(
        name = "fk_chunk_document_id",
        columns = "document_id",
        references = "document (id)",
        onDelete = "cascade")
public class ChunkEntity extends PanacheEntityBase {

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
