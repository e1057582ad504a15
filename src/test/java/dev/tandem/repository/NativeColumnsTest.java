package dev.tandem.repository;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.database.entity.EmbeddingProgressEntity;
import dev.tandem.database.entity.EmbeddingTaskEntity;
import dev.tandem.database.entity.IdempotencyKeyEntity;
import dev.tandem.database.entity.JobEntity;
import dev.tandem.database.entity.JobErrorEntity;
import dev.tandem.database.entity.JobOutline;
import dev.tandem.database.entity.RevisionEntity;
import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A column that an entity gains must be in every statement that lists the columns of its table, or be named here as one that the statement
 * leaves out for a reason. A failure names the column.
 */
class NativeColumnsTest {

    /** A document keeps these for good. */
    private static final Set<String> FIXED = Set.of("collection_id", "key", "created_at");

    /** A revision is identified by the document's id and its version. */
    private static final Set<String> NOT_KEPT =
            Set.of("id", "text_version", "embedded_version", "odd_embedded_version");

    @Test
    void addingWritesEveryColumn() {
        assertThat(missing(DocumentRepository.INSERT, DocumentEntity.class)).isEmpty();
    }

    @Test
    void replacingWritesEveryColumnThatChanges() {
        assertThat(missing(DocumentRepository.REPLACE, DocumentEntity.class))
                .containsExactlyInAnyOrderElementsOf(FIXED);
    }

    @Test
    void exportingReadsEveryColumn() {
        assertThat(missing(
                        ExportRepository.EVERYTHING.substring(0, ExportRepository.EVERYTHING.indexOf(" as chunks")),
                        DocumentEntity.class))
                .isEmpty();
    }

    @Test
    void historyKeepsEveryColumnOfADocument() {
        assertThat(columns(DocumentEntity.class))
                .as("columns of a document that a revision lacks")
                .filteredOn(column -> !columns(RevisionEntity.class).contains(column))
                .containsExactlyInAnyOrderElementsOf(NOT_KEPT);
        assertThat(missing(RevisionRepository.KEEP, RevisionEntity.class)).isEmpty();
    }

    /** Otherwise a version that changed nothing else would be listed with {@code "changed": []}. */
    @Test
    void historyComparesEveryColumnThatACallerCanChange() {
        String comparison = RevisionRepository.LIST.substring(
                RevisionRepository.LIST.indexOf("concat_ws"),
                RevisionRepository.LIST.indexOf("deleted_at, deleted_by\nfrom page"));
        assertThat(missing(comparison, RevisionEntity.class))
                .filteredOn(column -> columns(DocumentEntity.class).contains(column))
                .containsExactlyInAnyOrder("version", "collection_id", "key", "created_at", "updated_at", "author");
    }

    @Test
    void addingChunksWritesEveryColumn() {
        assertThat(missing(ChunkRepository.INSERT, ChunkEntity.class)).isEmpty();
        assertThat(missing(EmbeddingProgressRepository.INSERT, EmbeddingProgressEntity.class))
                .isEmpty();
        assertThat(missing(EmbeddingProgressRepository.MOVE, ChunkEntity.class)).isEmpty();
        assertThat(columns(EmbeddingProgressEntity.class)).isEqualTo(columns(ChunkEntity.class));
    }

    @Test
    void askingForVectorsSetsEveryColumn() {
        // A write keeps the job that had asked before and still waits.
        assertThat(missing(EmbeddingTaskRepository.PUT, EmbeddingTaskEntity.class))
                .containsExactly("job_id");
        // A task that a write has added stays the write's.
        assertThat(missing(EmbeddingTaskRepository.REDO, EmbeddingTaskEntity.class))
                .containsExactlyInAnyOrder("asked_at", "sequence");
    }

    @Test
    void claimingARequestSetsEveryColumn() {
        assertThat(missing(IdempotencyKeyRepository.CLAIM, IdempotencyKeyEntity.class))
                .isEmpty();
    }

    @Test
    void addingErrorsOfAJobWritesEveryColumn() {
        assertThat(missing(JobErrorRepository.ADD, JobErrorEntity.class)).isEmpty();
    }

    @Test
    void theOutlineOfAJobHasEveryColumnThatItsReadersSee() {
        Set<String> outline = Arrays.stream(JobOutline.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(toSet());
        assertThat(fields(JobEntity.class).map(Field::getName).filter(name -> !outline.contains(name)))
                .as("columns of a job that its outline lacks")
                .containsExactlyInAnyOrder("parameters", "dueAt", "holder", "leaseUntil");
    }

    /** The columns of the entity that a statement doesn't name. */
    private static List<String> missing(String sql, Class<?> entity) {
        Set<String> words = new HashSet<>(Arrays.asList(sql.split("\\W+", -1)));
        return columns(entity).stream()
                .filter(column -> !words.contains(column))
                .toList();
    }

    private static List<String> columns(Class<?> entity) {
        return fields(entity).map(NativeColumnsTest::column).toList();
    }

    private static Stream<Field> fields(Class<?> entity) {
        return Arrays.stream(entity.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()));
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty() ? field.getName() : column.name();
    }
}
