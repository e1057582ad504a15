package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code secret}: what all replicas know and nobody else. */
@Entity
@Table(name = "secret")
public class SecretEntity extends PanacheEntityBase {

    @Id
    @Column(length = 64)
    public String name;

    @Column(nullable = false)
    public byte[] octets;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;
}
