package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.document.Document;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.FilterSamples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {

    @Test
    void readsNamesJoinedByDots() {
        assertThat(FieldPath.parse("a").names()).containsExactly("a");
        assertThat(FieldPath.parse("a.b.c").names()).containsExactly("a", "b", "c");
        assertThat(FieldPath.parse("a\\.b.c").names()).containsExactly("a.b", "c");
        assertThat(FieldPath.parse("a\\\\.\\$b").names()).containsExactly("a\\", "$b");
        assertThat(FieldPath.parse(" 日本.😀").names()).containsExactly(" 日本", "😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a\\", "a.b\\"})
    void refusesWhatIsNoPath(String text) {
        assertThatThrownBy(() -> FieldPath.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPathWithoutNames() {
        assertThatThrownBy(() -> new FieldPath(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comesBackFromItsText() {
        FilterSamples samples = FilterSamples.onMetadata(new Random(3));
        for (int i = 0; i < 2_000; i++) {
            FieldPath path = samples.path();
            if (!path.names().contains("")) {
                assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
            }
        }
    }

    @Test
    void growsByAChild() {
        FieldPath parent = FieldPath.parse("a");
        assertThat(parent.child("b.c")).isEqualTo(FieldPath.parse("a.b\\.c"));
        assertThat(parent).isEqualTo(FieldPath.parse("a"));
    }

    @Test
    void leadsThroughListsOneLevelDeep() {
        Metadata metadata = new Metadata(Map.of(
                "authors",
                        List.of(
                                Map.of("name", "Ada"),
                                Map.of("name", List.of("Bob", "Carl")),
                                Map.of("other", 1),
                                "Dan"),
                "matrix", List.of(List.of(1, 2), 3),
                "deep", List.of(List.of(Map.of("x", 1)))));
        assertThat(scalars("authors.name", metadata)).containsExactly("Ada", "Bob", "Carl");
        assertThat(scalars("authors", metadata)).containsExactly("Dan");
        assertThat(scalars("matrix", metadata)).containsExactly(3L);
        assertThat(scalars("deep.x", metadata)).isEmpty();
        assertThat(scalars("absent", metadata)).isEmpty();
        assertThat(scalars("authors.name.first", metadata)).isEmpty();
    }

    /** {@code $key} alone is a field of the document. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\$key",
                "\\$key.name",
                "\\metadata.a",
                "metadata",
                "a.metadata.b",
                "key",
                "a\\.b",
                "a.$key",
                "\\\\$"
            })
    void besideTheDocumentsOwnFieldsItIsWrittenAsItWasRead(String written) {
        assertThat(FieldPath.parse(written).besideOwnFields()).isEqualTo(written);
    }

    @Test
    void existsEvenToNullAndToNothing() {
        Map<String, Object> values = new HashMap<>();
        values.put("null", null);
        values.put("list", List.of());
        values.put("object", Map.of());
        Metadata metadata = new Metadata(values);
        Document document = DocumentSamples.of(metadata);
        for (String there : List.of("null", "list", "object")) {
            assertThat(FieldPath.parse(there).exists(document)).as(there).isTrue();
        }
        for (String absent : List.of("absent", "null.x", "list.x", "object.x")) {
            assertThat(FieldPath.parse(absent).exists(document)).as(absent).isFalse();
        }
        assertThat(scalars("null", metadata)).isEqualTo(Arrays.asList((Object) null));
    }

    private static List<Object> scalars(String path, Metadata metadata) {
        return FieldPath.parse(path).scalars(metadata);
    }
}
