package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import dev.tandem.database.schema.PgIndex;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code embedding_task}: a document whose current text has no vectors yet, or whose vectors are to be made again. */
@Entity
@IdClass(EmbeddingTaskId.class)
@Table(
        name = "embedding_task",
        indexes = {@Index(name = "ix_embedding_task_collection_id", columnList = "collection_id")})
@PgIndex(
        name = "ix_embedding_task_collection_id_due_at_written_small",
        on = "collection_id, vector_set, due_at",
        where = "parked_at is null and asked_by = 'WRITE' and size <= 16000")
@PgIndex(
        name = "ix_embedding_task_collection_id_due_at_written_large",
        on = "collection_id, vector_set, due_at",
        where = "parked_at is null and asked_by = 'WRITE' and size > 16000")
@PgIndex(
        name = "ix_embedding_task_collection_id_due_at_again_small",
        on = "collection_id, vector_set, due_at",
        where = "parked_at is null and asked_by = 'JOB' and size <= 16000")
@PgIndex(
        name = "ix_embedding_task_collection_id_due_at_again_large",
        on = "collection_id, vector_set, due_at",
        where = "parked_at is null and asked_by = 'JOB' and size > 16000")
@PgIndex(
        name = "ix_embedding_task_collection_id_sequence",
        on = "collection_id, vector_set, sequence",
        where = "parked_at is null and asked_by = 'WRITE'")
@PgIndex(
        name = "ix_embedding_task_collection_id_parked_at",
        on = "collection_id, parked_at, document_id",
        where = "parked_at is not null")
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

    /** The number of the vector set that it makes vectors for. */
    @Id
    @Column(name = "vector_set", nullable = false, columnDefinition = "integer default 0")
    public int vectorSet;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    /** The document's version at which the text to be embedded was written. */
    @Column(nullable = false)
    public long version;

    /** WRITE if a write requested it, JOB if only a job did. */
    @Column(name = "asked_by", nullable = false, length = 8, columnDefinition = "varchar(8) default 'WRITE'")
    public String askedBy;

    /** When the task was requested, or requested again with a newer text. */
    @Column(name = "asked_at", nullable = false, columnDefinition = "timestamptz default now()")
    public Instant askedAt;

    /** The transaction that requested it. */
    @Column(nullable = false, columnDefinition = "xid8 default pg_current_xact_id()")
    public String sequence;

    /** The length of the text, in bytes. */
    @Column(nullable = false, columnDefinition = "integer default 0")
    public int size;

    /**
     * Identifies the claim on the task; null while no replica works on it. Only the claim with this token may finish, defer or park the
     * task.
     */
    public UUID token;

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

    /** The job that requested it and waits for its end; null if none did. */
    @Column(name = "job_id")
    public UUID jobId;
}
