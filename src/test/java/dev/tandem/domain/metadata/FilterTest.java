package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.Document;
import dev.tandem.testing.DocumentSamples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final FieldPath YEAR = FieldPath.parse("year");
    private static final FieldPath TAGS = FieldPath.parse("tags");
    private static final FieldPath NOTE = FieldPath.parse("note");
    private static final FieldPath ABSENT = FieldPath.parse("absent");
    private static final Document BOOK = book();

    private static Document book() {
        Map<String, Object> values = new HashMap<>(Map.of("year", 1984, "tags", List.of("red", "green", 7)));
        values.put("note", null);
        return DocumentSamples.of(new Metadata(values));
    }

    @Test
    void equalMeansAnyElement() {
        assertThat(BOOK).matches(new Filter.Equal(YEAR, 1984L)::matches);
        assertThat(BOOK).matches(new Filter.Equal(TAGS, "green")::matches);
        assertThat(BOOK).matches(new Filter.Equal(NOTE, null)::matches);
        assertThat(BOOK).matches(not(new Filter.Equal(YEAR, "1984"))::matches);
        assertThat(BOOK).matches(not(new Filter.Equal(ABSENT, null))::matches);
    }

    @Test
    void inMeansAnyOfTheValuesEvenNull() {
        assertThat(BOOK).matches(new Filter.In(YEAR, List.of(1L, 1984L))::matches);
        assertThat(BOOK).matches(new Filter.In(NOTE, Arrays.asList(1L, null))::matches);
        assertThat(BOOK).matches(not(new Filter.In(NOTE, List.of(1L)))::matches);
        assertThat(BOOK).matches(not(new Filter.In(YEAR, List.of()))::matches);
    }

    @Test
    void comparesLikeWithLike() {
        assertThat(BOOK).matches(new Filter.Compare(YEAR, Comparison.GREATER, 1983.5)::matches);
        assertThat(BOOK).matches(new Filter.Compare(YEAR, Comparison.GREATER_OR_EQUAL, 1984L)::matches);
        assertThat(BOOK).matches(not(new Filter.Compare(YEAR, Comparison.LESS, 1984L))::matches);
        assertThat(BOOK).matches(new Filter.Compare(YEAR, Comparison.LESS_OR_EQUAL, 1984L)::matches);
        assertThat(BOOK).matches(not(new Filter.Compare(YEAR, Comparison.GREATER, "1"))::matches);
        assertThat(BOOK).matches(new Filter.Compare(TAGS, Comparison.LESS, "h")::matches);
        assertThat(BOOK).matches(not(new Filter.Compare(NOTE, Comparison.LESS_OR_EQUAL, 1L))::matches);
    }

    @Test
    void oneElementMeetsAllOfACondition() {
        FieldPath authors = FieldPath.parse("authors");
        Filter ada = new Filter.Equal(FieldPath.parse("name"), "Ada");
        Filter in1840 = new Filter.Equal(YEAR, 1840L);
        Filter both = new Filter.ElementMatches(authors, new Filter.And(List.of(ada, in1840)));
        Map<String, Object> one = Map.of("name", "Ada", "year", 1840);
        Map<String, Object> other = Map.of("name", "Eve", "year", 1841);
        assertThat(authors(List.of(other, one))).matches(both::matches);
        assertThat(authors(one)).matches(both::matches);
        assertThat(authors(List.of(Map.of("name", "Ada", "year", 1841), Map.of("name", "Eve", "year", 1840))))
                .matches(not(both)::matches);
        assertThat(authors(List.of(List.of(one)))).matches(not(both)::matches);
        assertThat(authors("Ada")).matches(not(new Filter.ElementMatches(authors, Filter.EVERYTHING))::matches);
        assertThat(authors(List.of())).matches(not(new Filter.ElementMatches(authors, not(ada)))::matches);
        assertThat(authors(List.of(one, other))).matches(new Filter.ElementMatches(authors, not(ada))::matches);
    }

    private static Document authors(Object value) {
        return DocumentSamples.of(new Metadata(Map.of("authors", value)));
    }

    @Test
    void looksIntoTexts() {
        assertThat(BOOK).matches(new Filter.Contains(TAGS, "ree")::matches);
        assertThat(BOOK).matches(not(new Filter.Contains(TAGS, "REE"))::matches);
        assertThat(BOOK).matches(not(new Filter.Contains(YEAR, "98"))::matches);
        assertThat(BOOK).matches(new Filter.StartsWith(TAGS, "gr")::matches);
        assertThat(BOOK).matches(not(new Filter.StartsWith(TAGS, "ree"))::matches);
    }

    @Test
    void combines() {
        Filter yes = new Filter.Exists(NOTE);
        Filter no = new Filter.Exists(ABSENT);
        assertThat(BOOK).matches(Filter.EVERYTHING::matches);
        assertThat(BOOK).matches(not(new Filter.Or(List.of()))::matches);
        assertThat(BOOK).matches(new Filter.Or(List.of(no, yes))::matches);
        assertThat(BOOK).matches(not(new Filter.And(List.of(yes, no)))::matches);
        assertThat(BOOK).matches(new Filter.And(List.of(yes, not(no)))::matches);
    }

    private static Filter not(Filter filter) {
        return new Filter.Not(filter);
    }
}
