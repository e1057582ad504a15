package dev.tandem.database.filter;

import dev.tandem.database.filter.SqlCondition.Column;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conditions on a document's own fields. None is ever unknown. */
final class DocumentFieldCondition {

    /** PostgreSQL's timestamps begin and end elsewhere than Java's. Every document was written between these. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final String ELEMENTS =
            "array(select cast(element as %s) from jsonb_array_elements_text(cast(cast(? as text) as jsonb)) as element)";

    private DocumentFieldCondition() {}

    static SqlCondition exists(DocumentField field) {
        return field.isOptional() ? SqlCondition.of("? is not null", column(field)) : SqlCondition.TRUE;
    }

    static SqlCondition equal(DocumentField field, @Nullable Object value) {
        return in(field, Collections.singletonList(value));
    }

    static SqlCondition in(DocumentField field, Collection<? extends @Nullable Object> values) {
        List<?> present = values.stream().filter(Objects::nonNull).toList();
        SqlCondition isOne = field == DocumentField.ID ? inIds(present) : inValues(field, present);
        return field.isOptional() && present.size() < values.size()
                ? SqlCondition.any(List.of(exists(field).negated(), isOne))
                : isOne;
    }

    private static SqlCondition inValues(DocumentField field, Collection<?> values) {
        return decided(field, operand(field) + " = any(" + ELEMENTS.formatted(type(field)) + ")", elements(values));
    }

    /** By the index, which is of ids and not of texts. */
    private static SqlCondition inIds(Collection<?> values) {
        List<String> ids = values.stream()
                .map(String::valueOf)
                .filter(DocumentFieldCondition::isId)
                .toList();
        return SqlCondition.of("? = any(" + ELEMENTS.formatted("uuid") + ")", column(DocumentField.ID), elements(ids));
    }

    /** Whether it is an id as ids are written: in lower case. */
    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            // no id, so no document has it
            return false;
        }
    }

    static SqlCondition compare(DocumentField field, Comparison comparison, Object bound) {
        String compared =
                operand(field) + " " + DateCondition.sign(comparison) + " cast(cast(? as text) as " + type(field) + ")";
        return decided(field, compared, written(bound));
    }

    static SqlCondition contains(DocumentField field, String text) {
        return decided(field, "strpos(" + operand(field) + ", ?) > 0", text);
    }

    static SqlCondition startsWith(DocumentField field, String prefix) {
        return decided(field, "starts_with(" + operand(field) + ", ?)", prefix);
    }

    /** A comparison with null would be unknown; where there is no null, the condition stays as it is, so that an index can serve it. */
    private static SqlCondition decided(DocumentField field, String compared, String value) {
        SqlCondition condition = SqlCondition.of(compared, column(field), value);
        return field.isOptional() ? condition.decided() : condition;
    }

    private static String elements(Collection<?> values) {
        return new JsonArray(
                        values.stream().map(DocumentFieldCondition::written).toList())
                .encode();
    }

    /** The value as PostgreSQL reads it in a text. */
    private static String written(Object value) {
        return switch (value) {
            case Instant date when date.isBefore(EARLIEST) -> EARLIEST.toString();
            case Instant date when date.isAfter(LATEST) -> LATEST.toString();
            case Double number -> new BigDecimal(number).toString();
            default -> value.toString();
        };
    }

    static Column column(DocumentField field) {
        return switch (field) {
            case KEY, ID, TITLE, VERSION -> new Column(field.property(), field.property());
            case CREATED_AT -> new Column(field.property(), "created_at");
            case UPDATED_AT -> new Column(field.property(), "updated_at");
        };
    }

    /** The column as a text, a number or a time. */
    static String plain(DocumentField field) {
        String column = "document.%s".formatted(column(field).name());
        return field == DocumentField.ID ? "cast(" + column + " as text)" : column;
    }

    /** The column as it is compared: texts by code point, numbers of any size. */
    private static String operand(DocumentField field) {
        return switch (field) {
            case KEY -> "?";
            case ID -> "cast(? as text) collate \"C\"";
            case TITLE -> "? collate \"C\"";
            case VERSION -> "cast(? as numeric)";
            case CREATED_AT, UPDATED_AT -> "?";
        };
    }

    private static String type(DocumentField field) {
        return switch (field.type()) {
            case TEXT -> "text";
            case NUMBER -> "numeric";
            case DATE -> "timestamptz";
        };
    }
}
