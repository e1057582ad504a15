package dev.tandem.database.entity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code index_cursor}: a named position in the change log, or where an index in a shared engine stands. */
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

    /** How often the lease has changed hands; of shared engines only, as what follows. */
    @Column
    public Long fence;

    /** Of the store that searches use; null before the first build has ended. */
    @Column(length = 64)
    public String build;

    /** What the store was built for. */
    @Column(length = 100)
    public String shape;

    @Column(columnDefinition = "text")
    public String position;
}
