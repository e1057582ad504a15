package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code index_cursor}: a named position in the change log. */
@Entity
@Table(name = "index_cursor")
public class IndexCursorEntity extends PanacheEntityBase {

    @Id
    @Column(length = 100)
    public String name;

    @Column(nullable = false)
    public long txid;

    @Column(nullable = false)
    public long seq;

    @Column(length = 100)
    public String holder;

    @Column(name = "lease_until")
    public Instant leaseUntil;
}
