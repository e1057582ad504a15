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

/** A row of {@code hit_list}: what a search has found, kept for its further pages. It goes with its collection. */
@Entity
@Table(
        name = "hit_list",
        indexes = {
            @Index(name = "ix_hit_list_collection_id", columnList = "collection_id"),
            @Index(name = "ix_hit_list_expires_at", columnList = "expires_at")
        })
@PgForeignKey(
        name = "fk_hit_list_collection_id",
        columns = "collection_id",
        references = "collection (id)",
        onDelete = "cascade")
public class HitListEntity extends PanacheEntityBase {

    @Id
    public UUID id;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    /** SHA-256 of the search. */
    @Column(nullable = false, length = 64)
    public String fingerprint;

    /** The number of the vector set that was searched. */
    @Column(name = "vector_set", nullable = false)
    public int vectorSet;

    /** Of the state of the index that was searched. */
    @Column(nullable = false)
    public long sequence;

    /** How many documents match; null if that was not asked for. */
    public Long total;

    /** Whether no more than these match. */
    @Column(nullable = false)
    public boolean exact;

    /** Whether documents match that the list does not have. */
    @Column(nullable = false)
    public boolean cut;

    /** The ranked documents with their scores, packed. */
    @Column(nullable = false, columnDefinition = "bytea")
    public byte[] hits;

    @Column(name = "expires_at", nullable = false)
    public Instant expiresAt;
}
