package dev.tandem.database.entity;

import dev.tandem.database.schema.PgIndex;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code job}. It outlives its collection, so that its result can still be read. */
@Entity
@Table(name = "job")
@PgIndex(name = "ix_job_due_at", on = "due_at", where = "ended_at is null")
@PgIndex(name = "ix_job_ended_at", on = "ended_at", where = "ended_at is not null")
public class JobEntity extends PanacheEntityBase {

    @Id
    public UUID id;

    @Column(nullable = false, length = 32)
    public String kind;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    /** The collection's name. */
    @Column(nullable = false, length = 64)
    public String collection;

    /** In a form that the job's kind defines. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    public Map<String, Object> parameters;

    @Column(nullable = false, length = 16)
    public String state;

    @Column(nullable = false)
    public long done;

    public Long total;

    @Column(nullable = false)
    public long failed;

    /** Under names that the job's kind defines; null if the kind counts nothing. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column
    public Map<String, Long> counts;

    /** In a form that the job's kind defines. */
    @Column(columnDefinition = "text")
    public String cursor;

    @Column(nullable = false)
    public long sequence;

    @Column(nullable = false)
    public int attempts;

    @Column(name = "due_at", nullable = false)
    public Instant dueAt;

    /** The token of the claim on the job; a step can be written only with the current one. */
    public UUID holder;

    @Column(name = "lease_until")
    public Instant leaseUntil;

    @Column(name = "cancel_requested", nullable = false)
    public boolean cancelRequested;

    @Column(name = "error_code", length = 100)
    public String errorCode;

    @Column(length = 1000)
    public String error;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "ended_at")
    public Instant endedAt;
}
