package dev.tandem.factory.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.geo.GeoBox;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.GeoPoint;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterFactoryTest {

    private static final FieldPath A = FieldPath.parse("a");
    private static final FieldPath B = FieldPath.parse("b.c");

    @Test
    void readsEveryOperator() {
        assertThat(read("{}")).isEqualTo(Filter.EVERYTHING);
        assertThat(read("{'a': 'x'}")).isEqualTo(new Filter.Equal(A, "x"));
        assertThat(read("{'a': null}")).isEqualTo(new Filter.Equal(A, null));
        assertThat(read("{'b.c': true}")).isEqualTo(new Filter.Equal(B, true));
        assertThat(read("{'a': {'$eq': 1}}")).isEqualTo(new Filter.Equal(A, 1L));
        assertThat(read("{'a': {'$ne': 1.5}}")).isEqualTo(new Filter.Not(new Filter.Equal(A, 1.5)));
        assertThat(read("{'a': {'$gt': 1}}")).isEqualTo(new Filter.Compare(A, Comparison.GREATER, 1L));
        assertThat(read("{'a': {'$gte': 'x'}}")).isEqualTo(new Filter.Compare(A, Comparison.GREATER_OR_EQUAL, "x"));
        assertThat(read("{'a': {'$lt': 1}}")).isEqualTo(new Filter.Compare(A, Comparison.LESS, 1L));
        assertThat(read("{'a': {'$lte': 1}}")).isEqualTo(new Filter.Compare(A, Comparison.LESS_OR_EQUAL, 1L));
        assertThat(read("{'a': {'$in': [1, 'x', null]}}")).isEqualTo(new Filter.In(A, Arrays.asList(1L, "x", null)));
        assertThat(read("{'a': {'$nin': []}}")).isEqualTo(new Filter.Not(new Filter.In(A, List.of())));
        assertThat(read("{'a': {'$exists': true}}")).isEqualTo(new Filter.Exists(A));
        assertThat(read("{'a': {'$exists': false}}")).isEqualTo(new Filter.Not(new Filter.Exists(A)));
        assertThat(read("{'a': {'$contains': 'x'}}")).isEqualTo(new Filter.Contains(A, "x"));
        assertThat(read("{'a': {'$startsWith': 'x'}}")).isEqualTo(new Filter.StartsWith(A, "x"));
    }

    @Test
    void readsNestedFilters() {
        Filter one = new Filter.Equal(A, 1L);
        Filter two = new Filter.Equal(B, 2L);
        assertThat(read("{'a': 1, 'b.c': 2}")).isEqualTo(new Filter.And(List.of(one, two)));
        assertThat(read("{'$and': [{'a': 1}, {'b.c': 2}]}")).isEqualTo(new Filter.And(List.of(one, two)));
        assertThat(read("{'$or': [{'a': 1}, {'b.c': 2}]}")).isEqualTo(new Filter.Or(List.of(one, two)));
        assertThat(read("{'$or': [{'a': 1}]}")).isEqualTo(one);
        assertThat(read("{'$not': {'a': 1, 'b.c': 2}}")).isEqualTo(new Filter.Not(new Filter.And(List.of(one, two))));
        Filter between = new Filter.And(
                List.of(new Filter.Compare(A, Comparison.GREATER, 1L), new Filter.Compare(A, Comparison.LESS, 5L)));
        assertThat(read("{'a': {'$gt': 1, '$lt': 5}}")).isEqualTo(between);
        assertThat(read("{'a': {'$not': {'$gt': 1, '$lt': 5}}}")).isEqualTo(new Filter.Not(between));
    }

    @Test
    void readsFiltersOnElements() {
        Filter one = new Filter.Equal(A, 1L);
        assertThat(read("{'b.c': {'$elemMatch': {'a': 1}}}")).isEqualTo(new Filter.ElementMatches(B, one));
        assertThat(read("{'b.c': {'$elemMatch': {'$or': [{'a': 1}, {'key': 'x'}]}, '$exists': true}}"))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.ElementMatches(
                                B, new Filter.Or(List.of(one, new Filter.Equal(FieldPath.parse("key"), "x")))),
                        new Filter.Exists(B))));
        assertThat(read("{'a': {'$not': {'$elemMatch': {}}}}"))
                .isEqualTo(new Filter.Not(new Filter.ElementMatches(A, Filter.EVERYTHING)));
        assertThat(FilterFactory.createForChange(parse("{'a': {'$elemMatch': {'key': 1}}}"), "/filter"))
                .isEqualTo(new Filter.ElementMatches(A, new Filter.Equal(FieldPath.parse("key"), 1L)));
    }

    @Test
    void readsPlaces() {
        GeoPoint munich = new GeoPoint(48.25, 11.5);
        assertThat(read("{'b.c': {'$near': {'point': {'lat': 48.25, 'lon': 11.5}, 'radius': 500}}}"))
                .isEqualTo(new Filter.Near(B, new GeoCircle(munich, 500)));
        assertThat(
                        read(
                                "{'a': {'$box': {'topLeft': {'lat': 48.25, 'lon': 11.5}, 'bottomRight': {'lat': -0.0, 'lon': -11}}}}"))
                .isEqualTo(new Filter.InBox(A, new GeoBox(munich, new GeoPoint(0, -11))));
        assertThat(read("{'a': {'$near': {'point': {'lat': -90, 'lon': 180}, 'radius': 1e300}}}"))
                .isEqualTo(new Filter.Near(A, new GeoCircle(new GeoPoint(-90, 180), 1e300)));
    }

    @Test
    void placesCost() {
        String near = "{'a': {'$near': {'point': {'lat': 48.25, 'lon': 11.5}, 'radius': 500}}}";
        assertThat(read("{'$or': [" + String.join(",", Collections.nCopies(8, near)) + "]}"))
                .isInstanceOf(Filter.Or.class);
        String many = "{'$or': [" + String.join(",", Collections.nCopies(9, near)) + "]}";
        assertThat(catchThrowableOfType(Refusal.Rejected.class, () -> read(many))
                        .violations())
                .extracting(Violation::code)
                .containsExactly("filter.too_costly");
    }

    /** Each level is asked of each element of the one before. */
    @Test
    void filtersOnElementsCost() {
        String three = "{'a': {'$elemMatch': {'a': {'$elemMatch': {'a': {'$elemMatch': {'a': %s}}}}}}}";
        assertThat(read(three.formatted("1"))).isInstanceOf(Filter.ElementMatches.class);
        assertThat(catchThrowableOfType(Refusal.Rejected.class, () -> read(three.formatted("{'$elemMatch': {'a': 1}}")))
                        .violations())
                .extracting(Violation::code)
                .containsExactly("filter.too_costly");
    }

    /** Fifteen levels of two conditions cost more than an int can count. */
    @Test
    void noFilterIsSoCostlyThatItLooksCheap() {
        String inner = "{'a': 1, 'b': 1}";
        for (int level = 0; level < 15; level++) {
            inner = "{'a': {'$elemMatch': " + inner + "}}";
            String filter = inner;
            if (level > 2) {
                assertThat(catchThrowableOfType(Refusal.Rejected.class, () -> read(filter))
                                .violations())
                        .extracting(Violation::code)
                        .containsExactly("filter.too_costly");
            }
        }
    }

    @Test
    void whatCostsTooMuchSaysWhatItCosts() {
        String near = "{'a': {'$near': {'point': {'lat': 48.25, 'lon': 11.5}, 'radius': 500}}}";
        String many = "{'$or': [" + String.join(",", Collections.nCopies(40, near)) + "]}";
        assertThatThrownBy(() -> read(many))
                .hasMessageContaining("costs as much as 1280 comparisons, and at most 256 are allowed")
                .hasMessageContaining("$near 32")
                .hasMessageContaining("$elemMatch");
    }

    @Test
    void readsNumbersInTheirOneForm() {
        assertThat(read("{'a': 1.0}")).isEqualTo(new Filter.Equal(A, 1L));
        assertThat(read("{'a': 1e30}")).isEqualTo(new Filter.Equal(A, 1e30));
        assertThat(read("{'a': 9223372036854775807}")).isEqualTo(new Filter.Equal(A, Long.MAX_VALUE));
    }

    @Test
    void readsAnEscapedNameThatBeginsWithADollar() {
        assertThat(read("{'\\\\$a': 1}")).isEqualTo(new Filter.Equal(new FieldPath(List.of("$a")), 1L));
        assertThat(read("{'\\\\$key': 1}")).isEqualTo(new Filter.Equal(new FieldPath(List.of("$key")), 1L));
    }

    @Test
    void readsTheFieldsOfADocument() {
        assertThat(read("{'$key': 'x'}")).isEqualTo(new Filter.Equal(DocumentField.KEY, "x"));
        assertThat(read("{'$id': {'$in': ['x']}}")).isEqualTo(new Filter.In(DocumentField.ID, List.of("x")));
        assertThat(read("{'$title': null}")).isEqualTo(new Filter.Equal(DocumentField.TITLE, null));
        assertThat(read("{'$title': {'$contains': 'x'}}")).isEqualTo(new Filter.Contains(DocumentField.TITLE, "x"));
        assertThat(read("{'$version': {'$gt': 1}}"))
                .isEqualTo(new Filter.Compare(DocumentField.VERSION, Comparison.GREATER, 1L));
        assertThat(read("{'$createdAt': {'$lt': '2024-05-01T14:30:00+02:00'}}"))
                .isEqualTo(new Filter.Compare(
                        DocumentField.CREATED_AT, Comparison.LESS, Instant.parse("2024-05-01T12:30:00Z")));
        assertThat(read("{'$updatedAt': {'$exists': true}}")).isEqualTo(new Filter.Exists(DocumentField.UPDATED_AT));
        assertThat(read("{'key': 'x'}")).isEqualTo(new Filter.Equal(FieldPath.parse("key"), "x"));
    }

    @Test
    void readsDates() {
        Instant date = Instant.parse("2024-05-01T14:30:00Z");
        String written = "{'$date': '2024-05-01T16:30:00.000+02:00'}";
        assertThat(read("{'a': " + written + "}")).isEqualTo(new Filter.Equal(A, date));
        assertThat(read("{'a': {'$ne': " + written + "}}")).isEqualTo(new Filter.Not(new Filter.Equal(A, date)));
        assertThat(read("{'a': {'$gte': " + written + "}}"))
                .isEqualTo(new Filter.Compare(A, Comparison.GREATER_OR_EQUAL, date));
        assertThat(read("{'a': {'$in': [" + written + ", 'x']}}")).isEqualTo(new Filter.In(A, List.of(date, "x")));
        assertThat(read("{'$createdAt': " + written + "}")).isEqualTo(new Filter.Equal(DocumentField.CREATED_AT, date));
        assertThat(read("{'a': {'$gte': '2024-05-01T14:30:00Z'}}"))
                .isEqualTo(new Filter.Compare(A, Comparison.GREATER_OR_EQUAL, "2024-05-01T14:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "id", "title", "content", "version", "createdAt", "updatedAt"})
    void aFilterForAChangeTakesNoNameThatMayMeanTheDocument(String name) {
        for (String json : List.of("{'%s': 1}", "{'$or': [{'a': 1}, {'%s': {'$ne': 1}}]}", "{'$not': {'%s': 1}}")) {
            assertThat(catchThrowableOfType(
                                    Refusal.Malformed.class,
                                    () -> FilterFactory.createForChange(parse(json.formatted(name)), "/filter"))
                            .violations())
                    .extracting(Violation::code)
                    .containsExactly("filter.ambiguous_field");
        }
        assertThat(FilterFactory.createForChange(parse("{'\\\\%s': 1}".formatted(name)), "/filter"))
                .isEqualTo(new Filter.Equal(FieldPath.parse(name), 1L));
        assertThat(FilterFactory.createForChange(parse("{'%s.x': 1}".formatted(name)), "/filter"))
                .isEqualTo(new Filter.Equal(FieldPath.parse(name + ".x"), 1L));
        assertThat(FilterFactory.createForChange(parse("{'$key': 'x'}"), "/filter"))
                .isEqualTo(new Filter.Equal(DocumentField.KEY, "x"));
    }

    /** Orders and columns of CSV are written so, and a {@code $not} would choose every document. */
    @Test
    void aFilterForAChangeTakesNoPathThatBeginsAsAnOrderDoes() {
        assertThat(catchThrowableOfType(
                                Refusal.Malformed.class,
                                () -> FilterFactory.createForChange(parse("{'$not': {'metadata.a': 1}}"), "/filter"))
                        .violations())
                .extracting(Violation::pointer, Violation::code, Violation::message)
                .containsExactly(tuple("/filter/$not/metadata.a", "filter.ambiguous_field", PathRules.BEGINS_TWICE));
        FieldPath inside = FieldPath.parse("metadata.a");
        assertThat(FilterFactory.createForChange(parse("{'\\\\metadata.a': 1}"), "/filter"))
                .isEqualTo(new Filter.Equal(inside, 1L));
        assertThat(FilterFactory.createForChange(parse("{'metadata': 1}"), "/filter"))
                .isEqualTo(new Filter.Equal(FieldPath.parse("metadata"), 1L));
        assertThat(FilterFactory.createForChange(parse("{'b.c': {'$elemMatch': {'metadata.a': 1}}}"), "/filter"))
                .isEqualTo(new Filter.ElementMatches(B, new Filter.Equal(inside, 1L)));
        assertThat(read("{'metadata.a': 1}")).isEqualTo(new Filter.Equal(inside, 1L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'$foo': 1}                        | /filter/$foo              | filter.unknown_operator
            {'$gt': 1}                         | /filter/$gt               | filter.unknown_operator
            {'a': {'$foo': 1}}                 | /filter/a/$foo            | filter.unknown_operator
            {'a': {'$gt': 1, 'b': 2}}          | /filter/a/b               | filter.unknown_operator
            {'a': {'$and': []}}                | /filter/a/$and            | filter.unknown_operator
            {'a': {'$GT': 1}}                  | /filter/a/$GT             | filter.unknown_operator
            {'a': [1]}                         | /filter/a                 | filter.operand
            {'a': {'$near': 5}}                | /filter/a/$near           | filter.operand
            {'$title': {'$near': {'point': {'lat': 1, 'lon': 1}, 'radius': 5}}} | /filter/$title/$near | filter.operand
            {'a': {'$near': {'point': {'lat': 1, 'lon': 1}}}} | /filter/a/$near | filter.operand
            {'a': {'$near': {'point': {'lat': 1, 'lon': 1}, 'radius': 1, 'unit': 'km'}}} | /filter/a/$near | filter.operand
            {'a': {'$near': {'point': [1, 1], 'radius': 1}}} | /filter/a/$near/point | filter.operand
            {'a': {'$near': {'point': {'lat': '1', 'lon': 1}, 'radius': 1}}} | /filter/a/$near/point/lat | filter.operand
            {'a': {'$near': {'point': {'lat': 90.00000000000001, 'lon': 1}, 'radius': 1}}} | /filter/a/$near/point/lat | filter.place
            {'a': {'$near': {'point': {'lat': 1, 'lon': -180.5}, 'radius': 1}}} | /filter/a/$near/point/lon | filter.place
            {'a': {'$near': {'point': {'lat': 1, 'lon': 1e999}, 'radius': 1}}} | /filter/a/$near/point/lon | filter.place
            {'a': {'$near': {'point': {'lat': 1, 'lon': 1}, 'radius': -1}}} | /filter/a/$near/radius | filter.place
            {'a': {'$near': {'point': {'lat': 1, 'lon': 1}, 'radius': 1e999}}} | /filter/a/$near/radius | filter.place
            {'a': {'$near': {'point': {'lat': 1, 'lon': 1}, 'radius': null}}} | /filter/a/$near/radius | filter.operand
            {'a': {'$box': {'topLeft': {'lat': 1, 'lon': 1}, 'bottomRight': {'lat': 1.5, 'lon': 2}}}} | /filter/a/$box | filter.place
            {'a': {'$box': {'topLeft': {'lat': 1, 'lon': 1}, 'bottomRight': null}}} | /filter/a/$box/bottomRight | filter.operand
            {'a': {'$box': []}}                | /filter/a/$box            | filter.operand
            {'$box': {}}                       | /filter/$box              | filter.unknown_operator
            {'$elemMatch': {}}                 | /filter/$elemMatch        | filter.unknown_operator
            {'a': {'$elemMatch': [1]}}         | /filter/a/$elemMatch      | filter.operand
            {'$title': {'$elemMatch': {}}}     | /filter/$title/$elemMatch | filter.operand
            {'a': {'$elemMatch': {'$key': 1}}} | /filter/a/$elemMatch/$key | filter.unknown_operator
            {'a': {'$elemMatch': {'$gt': 1}}}  | /filter/a/$elemMatch/$gt  | filter.unknown_operator
            {'a': {}}                          | /filter/a                 | filter.operand
            {'a': {'b': 1}}                    | /filter/a                 | filter.operand
            {'a': {'$eq': [1]}}                | /filter/a/$eq             | filter.operand
            {'$key': 1}                        | /filter/$key              | filter.operand
            {'$key': null}                     | /filter/$key              | filter.operand
            {'$key': {'$nin': [null]}}         | /filter/$key/$nin/0       | filter.operand
            {'$title': true}                   | /filter/$title            | filter.operand
            {'$version': {'$ne': '1'}}         | /filter/$version/$ne      | filter.operand
            {'$version': {'$contains': '1'}}   | /filter/$version/$contains | filter.operand
            {'$createdAt': {'$gt': 5}}         | /filter/$createdAt/$gt    | filter.date
            {'$createdAt': '2024-05-01'}       | /filter/$createdAt        | filter.date
            {'$updatedAt': {'$startsWith': 'x'}} | /filter/$updatedAt/$startsWith | filter.operand
            {'$content': 'x'}                  | /filter/$content          | filter.unknown_operator
            {'$key.x': 'x'}                    | /filter/$key.x            | filter.unknown_operator
            {'a': {'$date': 'x'}}              | /filter/a/$date           | filter.date
            {'a': {'$gt': {'$date': 5}}}       | /filter/a/$gt/$date       | filter.date
            {'a': {'$gt': {'$dat': 'x'}}}      | /filter/a/$gt             | filter.operand
            {'a': {'$in': [{'$date': null}]}}  | /filter/a/$in/0/$date     | filter.date
            {'a': {'$contains': {'$date': '2024-05-01T14:30:00Z'}}} | /filter/a/$contains | filter.operand
            {'a': {'$ne': {}}}                 | /filter/a/$ne             | filter.operand
            {'a': {'$gt': null}}               | /filter/a/$gt             | filter.operand
            {'a': {'$lte': true}}              | /filter/a/$lte            | filter.operand
            {'a': {'$in': 1}}                  | /filter/a/$in             | filter.operand
            {'a': {'$in': [1, [2]]}}           | /filter/a/$in/1           | filter.operand
            {'a': {'$nin': [{}]}}              | /filter/a/$nin/0          | filter.operand
            {'a': {'$exists': 1}}              | /filter/a/$exists         | filter.operand
            {'a': {'$contains': ''}}           | /filter/a/$contains       | filter.operand
            {'a': {'$startsWith': 1}}          | /filter/a/$startsWith     | filter.operand
            {'a': {'$not': 1}}                 | /filter/a/$not            | filter.operand
            {'$and': []}                       | /filter/$and              | filter.operand
            {'$or': {'a': 1}}                  | /filter/$or               | filter.operand
            {'$or': [{'a': 1}, 2]}             | /filter/$or/1             | filter.operand
            {'$not': [{'a': 1}]}               | /filter/$not              | filter.operand
            {'': 1}                            | /filter/                  | filter.path
            {'a..b': 1}                        | /filter/a..b              | filter.path
            {'a/b~.': 1}                       | /filter/a~1b~0.           | filter.path
            {'a\\\\': 1}                       | /filter/a\\               | filter.path
            {'a': '\\u0000'}                   | /filter/a                 | filter.text
            {'a': {'$in': ['\\ud800']}}        | /filter/a/$in/0           | filter.text
            {'a\\u0000': 1}                    | /filter                   | filter.text
            {'a': 9223372036854775808}         | /filter/a                 | filter.number
            {'a': {'$gt': 1e999}}              | /filter/a/$gt             | filter.number
            """)
    void refusesInItsPlace(String json, String pointer, String code) {
        assertThat(refused(json))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, code));
    }

    @Test
    void reportsEverythingAtOnce() {
        assertThat(refused("{'a': [1], '$or': [{'b': {'$gt': null, '$foo': 1}}, {'..': 1}]}"))
                .extracting(Violation::pointer)
                .containsExactly("/filter/a", "/filter/$or/0/b/$gt", "/filter/$or/0/b/$foo", "/filter/$or/1/..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$not", "$and"})
    void limitsTheDepth(String operator) {
        FilterFactory.create(nested(operator, 15), "/filter");
        assertThat(codes(nested(operator, 16))).containsExactly("filter.too_deep");
        assertThat(codes(nested(operator, 100_000))).containsExactly("filter.too_deep");
    }

    @Test
    void limitsTheConditions() {
        FilterFactory.create(Map.of("$or", Collections.nCopies(256, Map.of("a", 1))), "/filter");
        assertThat(codes(Map.of("$or", Collections.nCopies(257, Map.of("a", 1)))))
                .containsExactly("filter.too_many_conditions");
        assertThat(codes(Map.of("$or", Collections.nCopies(100_000, Map.of()))))
                .containsExactly("filter.too_many_conditions");
    }

    @Test
    void limitsTheValues() {
        FilterFactory.create(Map.of("a", Map.of("$in", Collections.nCopies(1_000, 1))), "/filter");
        assertThat(codes(Map.of("a", Map.of("$in", Collections.nCopies(1_001, 1)))))
                .containsExactly("filter.operand");
        Object many = Map.of("a", Map.of("$in", Collections.nCopies(1_000, 1)));
        FilterFactory.create(Map.of("$or", Collections.nCopies(10, many)), "/filter");
        assertThat(codes(Map.of("$or", Collections.nCopies(12, many)))).containsExactly("filter.too_many_conditions");
    }

    @Test
    void limitsTheTexts() {
        FilterFactory.create(Map.of("a", "x".repeat(8_192), "b".repeat(1_024), 1), "/filter");
        assertThat(codes(Map.of("a", "x".repeat(8_193)))).containsExactly("filter.text");
        FilterFactory.create(Map.of("a", Map.of("$contains", "x".repeat(1_024))), "/filter");
        assertThat(codes(Map.of("a", Map.of("$contains", "x".repeat(1_025))))).containsExactly("filter.text");
        assertThat(codes(Map.of("b".repeat(1_025), 1))).containsExactly("filter.path");
    }

    @Test
    void limitsTheReport() {
        Map<String, Object> hostile = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            hostile.put("f" + i, new ArrayList<>());
        }
        assertThat(codes(hostile)).hasSize(100);
    }

    @Test
    void namesTheWholeProblem() {
        assertThatThrownBy(() -> read("{'a': [1]}"))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessage("This operator takes one value. To search for any of several values, use $in.");
    }

    private static Map<String, Object> nested(String operator, int depth) {
        Map<String, Object> filter = Map.of("a", 1);
        for (int i = 0; i < depth; i++) {
            filter = Map.of(operator, operator.equals("$not") ? filter : List.of(filter));
        }
        return filter;
    }

    private static Filter read(String json) {
        return FilterFactory.create(parse(json), "/filter");
    }

    private static List<Violation> refused(String json) {
        return catchThrowableOfType(Refusal.Malformed.class, () -> read(json)).violations();
    }

    private static List<String> codes(Map<String, Object> json) {
        return catchThrowableOfType(Refusal.Malformed.class, () -> FilterFactory.create(json, "/filter"))
                .violations()
                .stream()
                .map(Violation::code)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(String json) {
        try {
            return new ObjectMapper().readValue(json.replace('\'', '"'), Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
