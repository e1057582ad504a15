package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code collection}. */
@Entity
@Table(name = "collection", uniqueConstraints = @UniqueConstraint(name = "uq_collection_name", columnNames = "name"))
public class CollectionEntity extends PanacheEntityBase {

    @Id
    public UUID id;

    @Column(nullable = false, length = 64)
    public String name;

    @Column(length = 1000)
    public String description;

    /** Embedding, chunking, language, schema: {@code CollectionMapper} writes and reads them. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    public Map<String, Object> settings;

    /** The principal that has made it, for the quotas; null if nobody was known. */
    @Column(updatable = false, length = 300)
    public String creator;

    @Column(nullable = false)
    public long version;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    public Instant updatedAt;
}
