package dev.tandem.factory.schema;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataSchemaTest {

    private static final String BOOK = """
            {'$schema': 'https://json-schema.org/draft/2020-12/schema', '$id': 'https://books.example/book', 'type': 'object',
             'properties': {'year': {'type': 'integer', 'minimum': 1450}, 'isbn': {'pattern': '^[0-9X]{10}$'},
                            'authors': {'items': {'$ref': '#/$defs/author'}}, 'day': {'format': 'date'}},
             'required': ['year'], 'additionalProperties': false, '$defs': {'author': {'type': 'string', 'minLength': 1}}}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'year': 1984}",
                "{'year': 1984.0, 'isbn': '080442957X', 'authors': ['Eric'], 'day': 'formats are annotations'}",
            })
    void takesWhatSatisfiesIt(String metadata) {
        assertThat(compiled(BOOK).validate(parse(metadata), "/metadata")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                   | /metadata
            {'year': 1449}                       | /metadata/year
            {'year': 1984.5}                     | /metadata/year
            {'year': 1984, 'isbn': '1'}          | /metadata/isbn
            {'year': 1984, 'authors': ['E', '']} | /metadata/authors/1
            {'year': 1984, 'a/b': 1}             | /metadata/a~1b
            """)
    void saysWhereItIsViolated(String metadata, String pointer) {
        assertThat(compiled(BOOK).validate(parse(metadata), "/metadata"))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, "metadata.schema"));
    }

    @Test
    void reportsEveryViolationUpToABound() {
        MetadataSchema schema = compiled("{'properties': {'a': {'items': {'type': 'string'}}}}");
        assertThat(schema.validate(parse("{'a': [1, 'x', 2]}"), "/metadata"))
                .extracting(Violation::pointer)
                .containsExactly("/metadata/a/0", "/metadata/a/2");
        assertThat(schema.validate(Map.of("a", Collections.nCopies(500, 1)), "/metadata"))
                .hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'minimum': 'x'}                                             | /minimum                 | metadata_schema.invalid
            {'properties': {'a': {'required': 'b'}}}                     | /properties/a/required   | metadata_schema.invalid
            {'$ref': '#'}                                                |                          | metadata_schema.invalid
            {'$schema': 'http://json-schema.org/draft-07/schema#'}       | /$schema                 | metadata_schema.dialect
            {'$ref': 'http://127.0.0.1:1/schema'}                        | /$ref                    | metadata_schema.reference
            {'$ref': 'file:///etc/passwd'}                               | /$ref                    | metadata_schema.reference
            {'$ref': 'classpath:draft/2020-12/schema'}                   | /$ref                    | metadata_schema.reference
            {'$ref': 'https://json-schema.org/draft/2020-12/schema'}     | /$ref                    | metadata_schema.reference
            {'$ref': '#/$defs/absent'}                                   | /$ref                    | metadata_schema.reference
            {'$ref': '#/unknown', 'unknown': {'type': 'nonsense'}}       | /$ref                    | metadata_schema.reference
            {'items': {'$dynamicRef': '#meta'}}                          | /items/$dynamicRef       | metadata_schema.reference
            {'properties': {'a': {'$id': 'http://other.example'}}}       | /properties/a/$id        | metadata_schema.reference
            {'properties': {'a': {'pattern': '(?=x)'}}}                  | /properties/a/pattern    | metadata_schema.pattern
            {'patternProperties': {'(': true}}                           | /patternProperties/(     | metadata_schema.pattern
            {'properties': {'a': {'enum': [1e999]}}}                     | /properties/a/enum/0     | metadata_schema.number
            {'title': '\\u0000'}                                         | /title                   | text.nul
            """)
    void refusesSchemasInTheirPlace(String schema, String place, String code) {
        assertThat(refused(parse(schema)))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/metadataSchema" + (place == null ? "" : place), code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((a{100}){100}){100}",
                "(a{1000}[[:alpha:])(]){1000}",
                "(a{1000}\\Q)\\E){1000}",
                "(a{1000}[^])]){1000}",
            })
    void refusesPatternsThatWouldFillTheMemory(String pattern) {
        assertThat(refused(Map.of("pattern", pattern)))
                .extracting(Violation::code)
                .containsExactly("metadata_schema.pattern");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"^[a-z]{1,63}(\\.[a-z]{1,63}){0,9}$", "\\p{Greek}+\\x{1F600}[]{}]", "(?i)^(a|b){2,}\\{5\\}$"})
    void takesPatternsOfARealisticSize(String pattern) {
        assertThat(refused(Map.of("pattern", pattern))).isEmpty();
    }

    @Test
    void followsReferencesAndAnchorsOfItsOwn() {
        MetadataSchema tree = compiled(
                "{'properties': {'next': {'$ref': '#'}, 'n': {'$ref': '#n'}}, '$defs': {'n': {'$anchor': 'n', 'type': 'integer'}}}");
        assertThat(tree.validate(parse("{'next': {'next': {'n': 'x'}}}"), ""))
                .extracting(Violation::pointer)
                .containsExactly("/next/next/n");
    }

    @Test
    void readsReferencesInValuesAsValues() {
        MetadataSchema schema = compiled(
                "{'properties': {'$ref': {'type': 'string'}, 'e': {'enum': [{'$ref': 'http://nowhere.example'}]}}}");
        assertThat(schema.validate(parse("{'$ref': 'x', 'e': {'$ref': 'http://nowhere.example'}}"), ""))
                .isEmpty();
    }

    @Test
    void cutsOffSchemasThatDoubleTheWork() {
        StringBuilder doubling =
                new StringBuilder("{'properties': {'a': {'$ref': '#/$defs/d0'}}, '$defs': {'d40': true");
        IntStream.range(0, 40)
                .forEach(i -> doubling.append(",'d%d': {'allOf': [{'$ref': '#/$defs/d%d'}, {'$ref': '#/$defs/d%d'}]}"
                        .formatted(i, i + 1, i + 1)));
        MetadataSchema schema = compiled(doubling.append("}}").toString());
        assertThat(schema.validate(Map.of(), "/metadata")).isEmpty();
        List<Violation> cutOff =
                assertTimeoutPreemptively(Duration.ofSeconds(2), () -> schema.validate(Map.of("a", 1), "/metadata"));
        assertThat(cutOff)
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple("/metadata", "metadata.schema"));
    }

    @Test
    void limitsAllPatternsTogether() {
        String large = IntStream.range(0, 40)
                .mapToObj(i -> "'a{1000}a{1000}a{1000}" + i + "': {}")
                .collect(joining(", "));
        Violations violations = new Violations();
        assertThat(MetadataSchema.compile(
                        parse("{'patternProperties': {" + large + "}}"), "/metadataSchema", violations))
                .isNull();
        assertThatThrownBy(violations::rejectIfAny)
                .asInstanceOf(type(Refusal.Rejected.class))
                .extracting(Refusal.Rejected::violations, list(Violation.class))
                .singleElement()
                .returns("metadata_schema.pattern", Violation::code);
    }

    /** The text is never matched: an expression of this size would take seconds for it. */
    @Test
    void countsWhatAPatternTakesOnAText() {
        String pattern = "([ab]{1,900}c)|([ab]{1,900}d)";
        String many =
                IntStream.range(0, 16).mapToObj(i -> "{'$ref': '#/$defs/p'}").collect(joining(", "));
        for (String use : List.of("'pattern': '" + pattern + "'", "'allOf': [" + many + "]")) {
            MetadataSchema schema =
                    compiled("{'properties': {'a': {%s}}, '$defs': {'p': {'pattern': '%s'}}}".formatted(use, pattern));
            assertThat(schema.validate(Map.of("a", "ab".repeat(4_000)), "/metadata"))
                    .extracting(Violation::message)
                    .singleElement()
                    .asString()
                    .contains("takes too many steps");
            assertThat(schema.validate(Map.of("a", "abc"), "/metadata")).isEmpty();
        }
        assertThat(compiled("{'patternProperties': {'%s': {'type': 'string'}}}".formatted(pattern))
                        .validate(Map.of("ab".repeat(2_000), 1, "b".repeat(3_000), 1), "/metadata"))
                .extracting(Violation::message)
                .singleElement()
                .asString()
                .contains("takes too many steps");
    }

    /** An expression of ordinary size, on the longest texts that metadata can have. */
    @Test
    void takesPatternsOfARealisticSizeOnLongTexts() {
        MetadataSchema schema = compiled("{'additionalProperties': {'pattern': '^[a-z0-9._-]+@[a-z0-9.-]+$'}}");
        Map<String, Object> metadata =
                IntStream.range(0, 7).boxed().collect(toMap(i -> "m" + i, i -> "a".repeat(8_000) + "@b"));
        assertThat(schema.validate(metadata, "/metadata")).isEmpty();
    }

    @Test
    void limitsDepthAndSize() {
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 64; i++) {
            deep = Map.of("not", deep);
        }
        assertThat(refused(deep)).extracting(Violation::code).containsExactly("metadata_schema.too_deep");
        assertThat(refused(Map.of("enum", Collections.nCopies(10, "x".repeat(8_000)))))
                .extracting(Violation::code)
                .containsExactly("metadata_schema.too_large");
    }

    @Test
    void cutsLongMessages() {
        List<String> many = IntStream.range(0, 1_000).mapToObj(i -> "v" + i).toList();
        Violations violations = new Violations();
        MetadataSchema schema =
                MetadataSchema.compile(Map.of("properties", Map.of("a", Map.of("enum", many))), "", violations);
        assertThat(schema.validate(Map.of("a", 1), "").getFirst().message())
                .hasSizeLessThan(310)
                .endsWith("...");
    }

    @Test
    void keepsCompiledSchemasByContent() {
        MetadataSchemas schemas = new MetadataSchemas();
        assertThat(schemas.of(parse(BOOK))).isSameAs(schemas.of(parse(BOOK)));
        MetadataSchema first = schemas.of(parse(BOOK));
        // asked for more often than the first: those in use stay
        IntStream.range(0, 8 * MetadataSchemas.MOST).forEach(i -> schemas.of(Map.of("minimum", i / 8)));
        assertThat(schemas.of(parse(BOOK))).isNotSameAs(first);
        assertThatThrownBy(() -> schemas.of(Map.of("type", 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void servesManyThreads() {
        MetadataSchema schema = compiled(BOOK);
        long wrong = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> schema.validate(Map.of("year", i), "").isEmpty() != (i >= 1450))
                .count();
        assertThat(wrong).isZero();
    }

    private static MetadataSchema compiled(String schema) {
        Violations violations = new Violations();
        MetadataSchema compiled = MetadataSchema.compile(parse(schema), "/metadataSchema", violations);
        violations.rejectIfAny();
        return compiled;
    }

    private static List<Violation> refused(Map<String, Object> schema) {
        Violations violations = new Violations();
        MetadataSchema compiled = MetadataSchema.compile(schema, "/metadataSchema", violations);
        assertThat(compiled == null).isEqualTo(!violations.isEmpty());
        return violations.isEmpty()
                ? List.of()
                : catchThrowableOfType(Refusal.Rejected.class, violations::rejectIfAny)
                        .violations();
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
