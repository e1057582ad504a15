package dev.tandem.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.entity.DocumentEntity;
import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A column that an entity gains must be in every statement that lists the columns of its table by hand. */
class NativeColumnsTest {

    /** A document keeps these for good. */
    private static final Set<String> FIXED = Set.of("collection_id", "key", "created_at");

    @Test
    void addingWritesEveryColumn() {
        assertThat(missing(DocumentRepository.INSERT)).isEmpty();
    }

    @Test
    void replacingWritesEveryColumnThatChanges() {
        assertThat(missing(DocumentRepository.REPLACE)).containsExactlyInAnyOrderElementsOf(FIXED);
    }

    @Test
    void exportingReadsEveryColumn() {
        assertThat(missing(
                        ExportRepository.EVERYTHING.substring(0, ExportRepository.EVERYTHING.indexOf(" as passages"))))
                .isEmpty();
    }

    /** The columns of the entity that a statement doesn't name. */
    private static List<String> missing(String sql) {
        Set<String> words = new HashSet<>(Arrays.asList(sql.split("\\W+", -1)));
        return Arrays.stream(DocumentEntity.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()))
                .map(NativeColumnsTest::column)
                .filter(column -> !words.contains(column))
                .toList();
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty() ? field.getName() : column.name();
    }
}
