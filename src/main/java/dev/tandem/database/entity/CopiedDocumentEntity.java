package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code copied_document}: a document that a copy has written into the successor, and as what. It is kept as long as the job runs. */
@Entity
@IdClass(CopiedDocumentId.class)
@Table(
        name = "copied_document",
        indexes = {@Index(name = "ix_copied_document_job_id_document_id", columnList = "job_id, document_id")})
@PgForeignKey(name = "fk_copied_document_job_id", columns = "job_id", references = "job (id)", onDelete = "cascade")
public class CopiedDocumentEntity extends PanacheEntityBase {

    @Id
    @Column(name = "job_id")
    public UUID jobId;

    @Id
    @Column(length = 256)
    public String key;

    /** The document in the source. */
    @Column(name = "document_id", nullable = false)
    public UUID documentId;

    /** The document in the successor. It may have been deleted there. */
    @Column(name = "copy_id", nullable = false)
    public UUID copyId;

    /** The version that the copy wrote in the successor. */
    @Column(nullable = false)
    public long version;

    /** When that version expires; null if it never does. */
    @Column(name = "expires_at")
    public Instant expiresAt;
}
