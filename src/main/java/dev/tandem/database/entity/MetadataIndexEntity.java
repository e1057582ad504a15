package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import dev.tandem.database.schema.PgIndex;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code metadata_index}: a declared index of a collection. Triggers on {@code document} read it, and keep its rows of {@link
 * MetadataValueEntity}: {@code after.sql} declares them.
 */
@Entity
@Table(
        name = "metadata_index",
        indexes = @Index(name = "ix_metadata_index_collection_id", columnList = "collection_id"))
@PgIndex(name = "ix_metadata_index_dropped_at", on = "dropped_at", where = "dropped_at is not null")
@PgIndex(name = "ix_metadata_index_job_id", on = "job_id", where = "not ready and dropped_at is null")
@PgForeignKey(
        name = "fk_metadata_index_collection_id",
        columns = "collection_id",
        references = "collection (id)",
        onDelete = "cascade")
public class MetadataIndexEntity extends PanacheEntityBase {

    /** No other index ever gets it, so what is left of a dropped one is never taken for values of a later one with its path. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long number;

    @Column(name = "collection_id", nullable = false, updatable = false)
    public UUID collectionId;

    /** As clients write it. */
    @Column(nullable = false, updatable = false, columnDefinition = "text")
    public String path;

    /** The same as PostgreSQL reads it, in strict mode. */
    @Column(name = "json_path", nullable = false, updatable = false, columnDefinition = "text")
    public String jsonPath;

    /** Whether it has a value of each document. */
    @Column(nullable = false)
    public boolean ready;

    /** Of how many documents that were there before it has been made so far. */
    @Column(nullable = false)
    public long done;

    /** When it was undeclared, or given up; null as long as writers keep it. */
    @Column(name = "dropped_at")
    public Instant droppedAt;

    /** The job that brings it the documents that were there before; null if there were none. The job may have been deleted since it ended. */
    @Column(name = "job_id")
    public UUID jobId;

    /** How its job ended without finishing it: FAILED or CANCELED. The collection still declares it. Null for all others. */
    @Column(length = 16)
    public String stopped;
}
