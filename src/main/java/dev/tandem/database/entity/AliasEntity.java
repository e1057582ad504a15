package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code alias}: another name of a collection. */
@Entity
@Table(name = "alias", indexes = @Index(name = "ix_alias_collection_id", columnList = "collection_id"))
@PgForeignKey(name = "fk_alias_collection_id", columns = "collection_id", references = "collection (id)")
public class AliasEntity extends PanacheEntityBase {

    @Id
    @Column(length = 64)
    public String name;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    @Column(nullable = false)
    public long version;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    public Instant updatedAt;
}
