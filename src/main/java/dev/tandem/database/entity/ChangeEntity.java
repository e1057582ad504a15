package dev.tandem.database.entity;

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

/** A row of {@code change}, the change log. */
@Entity
@Table(
        name = "change",
        indexes = {
            @Index(name = "ix_change_txid_seq", columnList = "txid, seq"),
            @Index(name = "ix_change_collection_id_txid_seq", columnList = "collection_id, txid, seq"),
            @Index(name = "ix_change_created_at", columnList = "created_at")
        })
@PgIndex(
        name = "ix_change_collection_id_txid_seq_embedded",
        on = "collection_id, txid, seq",
        where = "kind = 'EMBEDDED'")
public class ChangeEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long seq;

    /** The transaction that made the change; PostgreSQL fills it in. */
    @Column(
            nullable = false,
            insertable = false,
            updatable = false,
            columnDefinition = "xid8 default pg_current_xact_id()")
    public String txid;

    @Column(name = "collection_id", nullable = false)
    public UUID collectionId;

    @Column(name = "document_id", nullable = false)
    public UUID documentId;

    @Column(nullable = false, length = 16)
    public String kind;

    @Column(
            name = "created_at",
            nullable = false,
            insertable = false,
            updatable = false,
            columnDefinition = "timestamptz default now()")
    public Instant createdAt;
}
