package dev.tandem.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TableColumnsTest {

    private static final TableColumns<Shelf> COLUMNS = TableColumns.of(Shelf.class);

    static class Shelf {

        static final String TABLE = "shelf";

        transient Object addedByHibernate;

        @Id
        UUID id;

        @Column(name = "room_id", updatable = false)
        UUID roomId;

        String label;

        @Column(nullable = false)
        Integer height;

        @Column(name = "made_at")
        Instant madeAt;

        Map<String, Object> properties;
    }

    static class Photo {
        UUID id;
        byte[] pixels;
    }

    @Test
    void areThoseOfTheEntityInItsOrder() {
        assertThat(COLUMNS.names()).isEqualTo("id, room_id, label, height, made_at, properties");
        assertThat(COLUMNS.namesIn("shelf"))
                .isEqualTo("shelf.id, shelf.room_id, shelf.label, shelf.height, shelf.made_at, shelf.properties");
    }

    @Test
    void arriveAsArraysOfTheirTypes() {
        assertThat(COLUMNS.arrays())
                .isEqualTo(
                        "cast(:id as uuid[]), cast(:room_id as uuid[]), cast(:label as text[]), cast(:height as bigint[]),"
                                + " cast(cast(:made_at as text[]) as timestamptz[]), cast(cast(:properties as text[]) as jsonb[])");
    }

    @Test
    void areWrittenOverWithoutWhatStaysAndFoundByTheId() {
        assertThat(COLUMNS.updatable().names()).isEqualTo("id, label, height, made_at, properties");
        assertThat(COLUMNS.updatable().assignmentsFrom("written"))
                .isEqualTo("label = written.label, height = written.height, made_at = written.made_at,"
                        + " properties = written.properties");
    }

    @Test
    void areCopiedWhereBothTablesHaveThem() {
        assertThat(COLUMNS.sharedWith(TableColumns.of(Photo.class)).names()).isEqualTo("id");
    }

    @Test
    void sayWhereATypeIsMissing() {
        TableColumns<Photo> columns = TableColumns.of(Photo.class);
        assertThat(columns.names()).isEqualTo("id, pixels");
        assertThatThrownBy(columns::arrays)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Photo.pixels")
                .hasMessageContaining("ArrayType");
    }
}
