package dev.tandem.domain.search.variety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.MetadataSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupingTest {

    private static final FieldPath FIELD = FieldPath.parse("f");

    private final GroupSizes pairs = new GroupSizes(new Grouping(FIELD, false, 2));

    @Test
    void asManyAsFitIntoAGroup() {
        assertThat(take(pairs, "a", "b", "a", "a", "b", "b", "c"))
                .containsExactly(true, true, true, false, true, false, true);
    }

    @Test
    void valuesOfDifferentTypesAreDifferentAndOneIsOne() {
        GroupSizes single = new GroupSizes(new Grouping(FIELD, false, 1));
        assertThat(take(single, 1, "1", true, null, "true", 1.0, null, "null"))
                .containsExactly(true, true, true, true, true, false, false, true);
    }

    @Test
    void aDocumentWithoutAValueHasNoGroup() {
        for (int i = 0; i < 5; i++) {
            assertThat(pairs.take(values(Map.of("g", "a")))).isTrue();
            assertThat(pairs.take(values(Map.of("f", Map.of("g", 1))))).isTrue();
            assertThat(pairs.take(values(Map.of("f", List.of())))).isTrue();
        }
    }

    /** It would otherwise be the third of one of them. */
    @Test
    void aListNeedsRoomInAllItsGroups() {
        assertThat(take(pairs, List.of("a", "b"), "a", List.of("a", "c"), "b", List.of("c", "c"), "c", "c"))
                .containsExactly(true, true, false, true, true, true, false);
    }

    @Test
    void valuesAreShownOnceAndAsTheyAreWritten() {
        assertThat(values(Map.of("f", Arrays.asList(1, 1.0, "1", null, List.of(2), null))))
                .containsExactly(1L, "1", null);
        assertThat(new Grouping(FIELD, true, 1)
                        .values(new Metadata(
                                Map.of("f", List.of("2024-05-01T16:30:00+02:00", "2024-05-01T14:30:00Z", "May")))))
                .containsExactly("2024-05-01T16:30:00+02:00", "May");
    }

    /** A document is one hit of a group, however often it has the value. */
    @Test
    void aValueThatIsThereTwiceCountsOnce() {
        assertThat(pairs.take(List.of("a", "a"))).isTrue();
        assertThat(pairs.take(List.of("a"))).isTrue();
        assertThat(pairs.take(List.of("a"))).isFalse();
    }

    @Test
    void aDeclaredDateIsAnInstant() {
        List<Object> instants = List.of("2024-05-01T16:30:00+02:00", "2024-05-01T14:30:00Z", "May", "May");
        assertThat(take(new GroupSizes(new Grouping(FIELD, true, 1)), instants.toArray()))
                .containsExactly(true, false, true, false);
        assertThat(take(new GroupSizes(new Grouping(FIELD, false, 1)), instants.toArray()))
                .containsExactly(true, true, true, false);
    }

    /** The filter says what is equal. */
    @Test
    void noMoreThanFitMatchAnEquality() {
        MetadataSamples samples = new MetadataSamples(new Random(22));
        for (String path : List.of("a", "a.b", "b", "c.a")) {
            Grouping grouping = new Grouping(FieldPath.parse(path), false, 2);
            GroupSizes sizes = new GroupSizes(grouping);
            List<Metadata> taken = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                Metadata next = samples.next();
                List<@Nullable Object> values = grouping.values(next);
                boolean fits = values.stream().allMatch(value -> like(taken, grouping.field(), value) < 2);
                assertThat(sizes.take(values)).as(next.toString()).isEqualTo(fits);
                if (fits) {
                    taken.add(next);
                }
            }
        }
    }

    private static long like(List<Metadata> taken, FieldPath field, @Nullable Object value) {
        Filter equal = new Filter.Equal(field, value);
        return taken.stream()
                .filter(one -> equal.matches(DocumentSamples.of(one)))
                .count();
    }

    private static List<@Nullable Object> values(Map<String, Object> metadata) {
        return new Grouping(FIELD, false, 1).values(new Metadata(metadata));
    }

    private static List<Boolean> take(GroupSizes sizes, @Nullable Object... written) {
        List<Boolean> taken = new ArrayList<>();
        for (Object value : written) {
            Map<String, @Nullable Object> metadata = new HashMap<>();
            metadata.put("f", value);
            taken.add(sizes.take(values(metadata)));
        }
        return taken;
    }
}
