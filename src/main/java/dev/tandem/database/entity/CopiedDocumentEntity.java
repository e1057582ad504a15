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

/**
 * A row of {@code copied_document}: what a copy knows of a key. It is kept as long as the job runs, also when the source or the successor has no such
 * document any more. The id of nothing is all zeros.
 */
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

    /** The document in the source; nothing if there was none when the copy looked last. */
    @Column(name = "document_id", nullable = false)
    public UUID documentId;

    /** The document in the successor. It may have been deleted there. Nothing if the copy has written none, or if the key is a client's. */
    @Column(name = "copy_id", nullable = false)
    public UUID copyId;

    /**
     * The version that the copy wrote in the successor; 0 if there is none of it. If what the source has breaks the successor's rules, it is -1 minus
     * that.
     */
    @Column(nullable = false)
    public long version;

    /** When that version expires; null if it never does. For version 0: when the copy has deleted its own; null if it has not. */
    @Column(name = "expires_at")
    public Instant expiresAt;
}
