package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code import_page}: lines of an import by a job, stored until the job has written them. */
@Entity
@IdClass(ImportPageId.class)
@Table(name = "import_page")
@PgForeignKey(name = "fk_import_page_job_id", columns = "job_id", references = "job (id)", onDelete = "cascade")
public class ImportPageEntity extends PanacheEntityBase {

    @Id
    @Column(name = "job_id")
    public UUID jobId;

    /** 1, 2, 3 and so on, without gaps. */
    @Id
    public long ordinal;

    /** The lines, compressed. */
    @Column(nullable = false, columnDefinition = "bytea")
    public byte[] lines;
}
