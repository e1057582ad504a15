package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code job_error}: a rule that one of a job's documents would have broken. */
@Entity
@IdClass(JobErrorId.class)
@Table(name = "job_error")
@PgForeignKey(name = "fk_job_error_job_id", columns = "job_id", references = "job (id)", onDelete = "cascade")
public class JobErrorEntity extends PanacheEntityBase {

    @Id
    @Column(name = "job_id")
    public UUID jobId;

    /** Grows in the order in which they occurred. */
    @Id
    public long ordinal;

    /** The document's line in an import; null for other jobs. */
    @Column
    public Long line;

    /** The document's key; null if an import line has none. */
    @Column(length = 256)
    public String key;

    @Column(nullable = false, columnDefinition = "text")
    public String pointer;

    @Column(nullable = false, length = 100)
    public String code;

    @Column(nullable = false, columnDefinition = "text")
    public String message;
}
