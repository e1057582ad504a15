package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import dev.tandem.database.schema.PgIndex;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.ColumnResult;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityResult;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SqlResultSetMapping;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code document}. A new column that a caller can change goes into {@link RevisionEntity} too: history keeps what both have. */
@Entity
@Table(
        name = "document",
        uniqueConstraints =
                @UniqueConstraint(
                        name = "uq_document_collection_id_key",
                        columnNames = {"collection_id", "key"}),
        indexes = {
            @Index(name = "ix_document_collection_id_created_at_id", columnList = "collection_id, created_at, id"),
            @Index(name = "ix_document_collection_id_updated_at_id", columnList = "collection_id, updated_at, id"),
            @Index(name = "ix_document_collection_id_id", columnList = "collection_id, id")
        })
@PgIndex(name = "ix_document_metadata", on = "metadata jsonb_path_ops", using = "gin")
@PgIndex(name = "ix_document_expires_at", on = "expires_at", where = "expires_at is not null")
@PgForeignKey(
        name = "fk_document_collection_id",
        columns = "collection_id",
        references = "collection (id)",
        onDelete = "cascade")
@SqlResultSetMapping(
        name = DocumentEntity.WITH_CHUNKS,
        entities = @EntityResult(entityClass = DocumentEntity.class),
        columns = @ColumnResult(name = "chunks", type = byte[].class))
public class DocumentEntity extends PanacheEntityBase {

    /** The result of a native query that has a column {@code chunks} beside those of a document. */
    public static final String WITH_CHUNKS = "document with chunks";

    @Id
    public UUID id;

    @Column(name = "collection_id", nullable = false, updatable = false)
    public UUID collectionId;

    /** Ordered by code point, so that paging by key does not depend on a locale. */
    @Column(nullable = false, updatable = false, length = 256, columnDefinition = "varchar(256) collate \"C\"")
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

    @Column(nullable = false)
    public long version;

    /** The version at which title and content got their current value. */
    @Column(name = "text_version", nullable = false)
    public long textVersion;

    /** The version whose text the model of a vector set with an even number has embedded. */
    @Column(name = "embedded_version")
    public Long embeddedVersion;

    /** The same for a set with an odd number. */
    @Column(name = "odd_embedded_version")
    public Long oddEmbeddedVersion;

    @Column(name = "created_at", nullable = false, updatable = false)
    public Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    public Instant updatedAt;

    /** The author of this version, and on whose behalf. */
    @Column(length = 600)
    public String author;

    /** From when on the document counts as deleted. */
    @Column(name = "expires_at")
    public Instant expiresAt;
}
