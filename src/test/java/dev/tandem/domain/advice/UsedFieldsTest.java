package dev.tandem.domain.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.GeoPoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsedFieldsTest {

    private static final FieldPath KIND = FieldPath.parse("kind");
    private static final FieldPath YEAR = FieldPath.parse("year");

    @Test
    void tellsConditionsApart() {
        assertUsed(new Filter.Equal(KIND, "tea"), "kind", FieldUse.EQUAL);
        assertUsed(new Filter.In(KIND, List.of("tea", 1L)), "kind", FieldUse.EQUAL);
        assertUsed(new Filter.Compare(KIND, Comparison.LESS, 1L), "kind", FieldUse.RANGE);
        assertUsed(new Filter.Exists(KIND), "kind", FieldUse.OTHER);
        assertUsed(new Filter.Contains(KIND, "e"), "kind", FieldUse.OTHER);
        assertUsed(new Filter.StartsWith(KIND, "t"), "kind", FieldUse.OTHER);
        GeoCircle circle = new GeoCircle(new GeoPoint(1, 2), 3);
        assertUsed(new Filter.Near(KIND, circle), "kind", FieldUse.OTHER);
        assertUsed(new Filter.InBox(KIND, circle.bounds()), "kind", FieldUse.OTHER);
    }

    @Test
    void noIndexServesDates() {
        assertUsed(new Filter.Equal(KIND, Instant.EPOCH), "kind", FieldUse.RANGE);
        assertUsed(new Filter.In(KIND, List.of("tea", Instant.EPOCH)), "kind", FieldUse.RANGE);
    }

    @Test
    void noIndexServesWhatDoesNotHold() {
        Filter both = new Filter.And(List.of(new Filter.Equal(KIND, "tea"), new Filter.Equal(YEAR, 1L)));
        assertThat(used(new Filter.Not(both)))
                .isEqualTo(Map.of("kind", Set.of(FieldUse.OTHER), "year", Set.of(FieldUse.OTHER)));
    }

    @Test
    void findsAllFieldsOfAFilter() {
        Filter any = new Filter.Or(List.of(
                new Filter.Equal(KIND, "tea"),
                new Filter.Compare(YEAR, Comparison.GREATER, 1L),
                new Filter.Compare(YEAR, Comparison.LESS, 9L),
                new Filter.Equal(YEAR, null)));
        assertThat(used(any))
                .isEqualTo(Map.of("kind", Set.of(FieldUse.EQUAL), "year", Set.of(FieldUse.RANGE, FieldUse.EQUAL)));
    }

    @Test
    void pathsInAnElementBeginInTheDocument() {
        Filter inner = new Filter.ElementMatches(FieldPath.parse("b"), new Filter.Equal(FieldPath.parse("c"), 1L));
        assertUsed(new Filter.ElementMatches(FieldPath.parse("a"), inner), "a.b.c", FieldUse.EQUAL);
        assertUsed(new Filter.ElementMatches(FieldPath.parse("a"), new Filter.Not(inner)), "a.b.c", FieldUse.OTHER);
    }

    @Test
    void aDocumentsOwnFieldsAreNoMetadata() {
        assertThat(used(new Filter.Equal(DocumentField.KEY, "tea"))).isEmpty();
        assertThat(used(Filter.EVERYTHING)).isEmpty();
        assertThat(UsedFields.of(page(Filter.EVERYTHING, DocumentOrder.OLDEST_FIRST))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aPageFiltersAndSorts() {
        DocumentOrder order = new DocumentOrder(List.of(
                new DocumentOrder.Part(YEAR, true),
                new DocumentOrder.Part(DocumentField.TITLE, false),
                new DocumentOrder.Part(KIND, false)));
        assertThat(UsedFields.of(page(new Filter.Equal(KIND, "tea"), order)).uses())
                .isEqualTo(Map.of(KIND, Set.of(FieldUse.EQUAL, FieldUse.SORT), YEAR, Set.of(FieldUse.SORT)));
    }

    @Test
    void anIndexServesListsThatAreSortedByItsFieldAlone() {
        DocumentOrder alone = DocumentOrder.by(YEAR, true);
        assertThat(yearIn(Filter.EVERYTHING, alone)).contains(FieldUse.INDEXABLE, FieldUse.SORT);
        DocumentOrder together = new DocumentOrder(
                List.of(new DocumentOrder.Part(YEAR, true), new DocumentOrder.Part(DocumentField.TITLE, false)));
        assertThat(yearIn(Filter.EVERYTHING, together)).containsExactly(FieldUse.SORT);
        DocumentOrder reversed = new DocumentOrder(
                List.of(new DocumentOrder.Part(DocumentField.TITLE, false), new DocumentOrder.Part(YEAR, true)));
        assertThat(yearIn(Filter.EVERYTHING, reversed)).containsExactly(FieldUse.SORT);
    }

    @Test
    void anIndexServesFiltersOfEqualities() {
        DocumentOrder alone = DocumentOrder.by(YEAR, false);
        Filter equal = new Filter.Equal(KIND, "tea");
        Filter among = new Filter.In(YEAR, List.of(1L, 2L));
        assertThat(yearIn(equal, alone)).contains(FieldUse.INDEXABLE);
        assertThat(yearIn(new Filter.And(List.of(equal, among)), alone)).contains(FieldUse.INDEXABLE);
        for (Filter other : List.of(
                new Filter.Compare(YEAR, Comparison.LESS, 1L),
                new Filter.Not(equal),
                new Filter.Or(List.of(equal, among)),
                new Filter.Exists(KIND),
                new Filter.Equal(KIND, Instant.EPOCH),
                new Filter.Equal(DocumentField.TITLE, "tea"))) {
            assertThat(yearIn(other, alone)).doesNotContain(FieldUse.INDEXABLE);
            assertThat(yearIn(new Filter.And(List.of(equal, other)), alone)).doesNotContain(FieldUse.INDEXABLE);
        }
    }

    private static Set<FieldUse> yearIn(Filter filter, DocumentOrder order) {
        return UsedFields.of(page(filter, order)).uses().getOrDefault(YEAR, Set.of());
    }

    private static DocumentQuery page(Filter filter, DocumentOrder order) {
        return new DocumentQuery(filter, order, Keyset.BEGINNING, 10, DocumentQuery.Count.NONE);
    }

    private static void assertUsed(Filter filter, String path, FieldUse use) {
        assertThat(used(filter)).isEqualTo(Map.of(path, Set.of(use)));
    }

    private static Map<String, Set<FieldUse>> used(Filter filter) {
        Map<String, Set<FieldUse>> used = new HashMap<>();
        UsedFields.of(List.of(filter)).uses().forEach((path, uses) -> used.put(path.toString(), Set.copyOf(uses)));
        return used;
    }
}
