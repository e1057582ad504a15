package dev.tandem.domain.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateFieldsTest {

    private static final String WRITTEN = "2024-05-01T14:30:00Z";
    private static final Instant DATE = Instant.parse(WRITTEN);

    private static final DateFields FIELDS = new DateFields(new JsonObject("""
            {"properties": {
               "plain": {"type": "string", "format": "date-time"},
               "list": {"type": "array", "items": {"format": "date-time"}},
               "nested": {"properties": {"at": {"format": "date-time"}}},
               "each": {"items": {"properties": {"at": {"format": "date-time"}}}},
               "referred": {"$ref": "#/$defs/moment"},
               "either": {"anyOf": [{"type": "null"}, {"format": "date-time"}]},
               "tree": {"$ref": "#/$defs/tree"},
               "day": {"format": "date"},
               "text": {"type": "string"},
               "lost": {"$ref": "#/$defs/missing"},
               "foreign": {"$ref": "https://example.com/date-time"},
               "always": true},
             "allOf": [{"properties": {"also": {"format": "date-time"}}}],
             "$defs": {"moment": {"format": "date-time"},
                       "tree": {"properties": {"at": {"format": "date-time"}, "child": {"$ref": "#/$defs/tree"}}}}}
            """).getMap());

    private static Filter equal(String path, Object value) {
        return new Filter.Equal(FieldPath.parse(path), value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "list",
                "nested.at",
                "each.at",
                "referred",
                "either",
                "also",
                "tree.at",
                "tree.child.child.at"
            })
    void declaredFieldsTakeTextsForDates(String path) {
        assertThat(FIELDS.read(equal(path, WRITTEN))).isEqualTo(equal(path, DATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"day", "text", "lost", "foreign", "always", "nested", "unknown", "plain.deeper", "tree.child"})
    void otherFieldsDoNot(String path) {
        assertThat(FIELDS.read(equal(path, WRITTEN))).isEqualTo(equal(path, WRITTEN));
    }

    @Test
    void whatIsNoDateStaysWhatItIs() {
        for (Object value : Arrays.asList("2024-05-01", "", 7L, true, null)) {
            assertThat(FIELDS.read(equal("plain", value))).isEqualTo(equal("plain", value));
        }
        Filter part = new Filter.StartsWith(FieldPath.parse("plain"), WRITTEN);
        assertThat(FIELDS.read(part)).isEqualTo(part);
    }

    @Test
    void everyConditionIsRead() {
        FieldPath plain = FieldPath.parse("plain");
        FieldPath text = FieldPath.parse("text");
        Filter written = new Filter.And(List.of(
                new Filter.Or(List.of(new Filter.Compare(plain, Comparison.LESS, WRITTEN))),
                new Filter.Not(new Filter.In(plain, List.of(WRITTEN, "x"))),
                new Filter.In(text, List.of(WRITTEN)),
                new Filter.Equal(DocumentField.KEY, WRITTEN)));
        assertThat(FIELDS.read(written))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.Or(List.of(new Filter.Compare(plain, Comparison.LESS, DATE))),
                        new Filter.Not(new Filter.In(plain, List.of(DATE, "x"))),
                        new Filter.In(text, List.of(WRITTEN)),
                        new Filter.Equal(DocumentField.KEY, WRITTEN))));
    }

    @Test
    void withoutASchemaNothingIsDeclared() {
        assertThat(new DateFields(null).read(equal("plain", WRITTEN))).isEqualTo(equal("plain", WRITTEN));
    }
}
