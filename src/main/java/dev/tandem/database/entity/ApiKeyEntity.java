package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code api_key}. A key that is revoked has no row any more; the audit remembers it. */
@Entity
@Table(name = "api_key")
public class ApiKeyEntity extends PanacheEntityBase {

    @Id
    @Column(length = 12)
    public String id;

    @Column(nullable = false, length = 200)
    public String name;

    /** For each right, what it is on: {@code {"READ": ["articles", "news-*"]}}. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    public Map<String, List<String>> grants;

    /** The SHA-256 of the secret, in hexadecimal. */
    @Column(name = "secret_hash", nullable = false, length = 64)
    public String secretHash;

    @Column(name = "former_hash", length = 64)
    public String formerHash;

    @Column(name = "former_until")
    public Instant formerUntil;

    @Column(name = "created_by", nullable = false, length = 300)
    public String createdBy;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "last_used_at")
    public Instant lastUsedAt;
}
