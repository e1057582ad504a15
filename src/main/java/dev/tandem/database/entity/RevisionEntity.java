package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A row of {@code revision}: a version of a document that has been replaced or deleted. It outlives the document. It refers to the
 * collection without a foreign key, because that could cause a deadlock: a write that holds a document would wait for the collection, while
 * the deletion of the collection waits for the document.
 */
@Entity
@IdClass(RevisionId.class)
@Table(
        name = "revision",
        indexes = @Index(name = "ix_revision_collection_id_key_ended_at", columnList = "collection_id, key, ended_at"))
public class RevisionEntity extends PanacheEntityBase {

    @Id
    @Column(name = "document_id")
    public UUID documentId;

    @Id
    public long version;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    @Column(nullable = false, length = 256, columnDefinition = "varchar(256) collate \"C\"")
    public String key;

    @Column(columnDefinition = "text")
    public String title;

    @Column(columnDefinition = "text")
    public String content;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    public Map<String, Object> metadata;

    @Column(name = "content_hash", nullable = false, length = 64)
    public String contentHash;

    /** The own vector, as in {@code chunk}. A model's vectors are made again when they are needed again. */
    @Column(columnDefinition = "bytea")
    public byte[] embedding;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    public Instant updatedAt;

    /** The author of this version, and on whose behalf. */
    @Column(length = 600)
    public String author;

    @Column(name = "expires_at")
    public Instant expiresAt;

    /** {@code REPLACED}, {@code DELETED} or {@code EXPIRED}. */
    @Column(nullable = false, length = 16)
    public String ending;

    @Column(name = "ended_at", nullable = false)
    public Instant endedAt;

    /** The author of the replacement or deletion. */
    @Column(name = "ended_by", length = 600)
    public String endedBy;
}
