package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import dev.tandem.database.schema.PgIndex;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code embedding_task}: a document whose current text has no vectors yet. */
@Entity
@Table(
        name = "embedding_task",
        indexes = {@Index(name = "ix_embedding_task_collection_id", columnList = "collection_id")})
@PgIndex(name = "ix_embedding_task_due_at_written", on = "due_at", where = "version >= 0")
@PgIndex(name = "ix_embedding_task_due_at_again", on = "due_at", where = "version < 0")
@PgIndex(name = "ix_embedding_task_job_id", on = "job_id", where = "job_id is not null")
@PgForeignKey(
        name = "fk_embedding_task_document_id",
        columns = "document_id",
        references = "document (id)",
        onDelete = "cascade")
public class EmbeddingTaskEntity extends PanacheEntityBase {

    @Id
    @Column(name = "document_id")
    public UUID documentId;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    /** The document's version at which the text became what is to be embedded; below zero where only a job asks for it. */
    @Column(nullable = false)
    public long version;

    @Column(nullable = false)
    public int attempts;

    @Column(name = "due_at", nullable = false)
    public Instant dueAt;

    @Column(name = "lease_until")
    public Instant leaseUntil;

    @Column(name = "parked_at")
    public Instant parkedAt;

    @Column(length = 1000)
    public String error;

    /** The job that asked for it and wants to know when it is done, if one did. */
    @Column(name = "job_id")
    public UUID jobId;
}
