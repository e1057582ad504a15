package dev.tandem.database.entity;

import dev.tandem.database.schema.PgForeignKey;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * A row of {@code metadata_value}: what orders a document in a declared index. The function {@code metadata_place} says what that is. No column
 * is null, so that rows can be compared with a place as a whole.
 */
@Entity
@IdClass(MetadataValueId.class)
@Table(
        name = "metadata_value",
        indexes =
                @Index(
                        name = "ix_metadata_value_index_number_rank_number_text_document_id",
                        columnList = "index_number, rank, number, text, document_id"))
@PgForeignKey(
        name = "fk_metadata_value_document_id",
        columns = "document_id",
        references = "document (id)",
        onDelete = "cascade")
public class MetadataValueEntity extends PanacheEntityBase {

    @Id
    @Column(name = "document_id")
    public UUID documentId;

    @Id
    @Column(name = "index_number")
    public long indexNumber;

    /** Of its type: numbers, texts, false, true, and last what has no value. */
    @Column(nullable = false)
    public short rank;

    /** 0 if the value is no number. */
    @Column(nullable = false, columnDefinition = "numeric")
    public BigDecimal number;

    /** The beginning of a text; empty if the value is none. */
    @Column(nullable = false, columnDefinition = "text collate \"C\"")
    public String text;
}
