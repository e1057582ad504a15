package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code audit}. Rows are added and, when they are old enough, deleted, but never changed. */
@Entity
@Table(name = "audit", indexes = @Index(name = "ix_audit_at", columnList = "at"))
public class AuditEntity extends PanacheEntityBase {

    /** In the order of time. */
    @Id
    public UUID id;

    @Column(nullable = false)
    public Instant at;

    @Column(nullable = false, length = 300)
    public String principal;

    @Column(nullable = false, length = 100)
    public String action;

    @Column(length = 600)
    public String target;

    @Column(nullable = false)
    public long times;

    @Column(name = "request_id", length = 128)
    public String requestId;
}
