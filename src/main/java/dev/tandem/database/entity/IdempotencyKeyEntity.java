package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code idempotency_key}: a request that is being answered or has been answered. */
@Entity
@Table(name = "idempotency_key", indexes = @Index(name = "ix_idempotency_key_expires_at", columnList = "expires_at"))
public class IdempotencyKeyEntity extends PanacheEntityBase {

    /** SHA-256 of the client, the method, the path and the key; together they may be too long for an index. */
    @Id
    @Column(length = 64)
    public String hash;

    @Column(nullable = false, length = 64)
    public String fingerprint;

    @Column(nullable = false)
    public UUID token;

    @Column(name = "lease_until", nullable = false)
    public Instant leaseUntil;

    @Column(name = "expires_at", nullable = false)
    public Instant expiresAt;

    /** Null while the request is being answered. */
    @Column
    public Integer status;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column
    public Map<String, String> headers;

    @Column(columnDefinition = "text")
    public String body;
}
