package dev.tandem.database.filter;

import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;

/**
 * The values of a document in a field, as rows of one column named {@code operand}, for a subquery beside {@code document}. They are those that
 * {@link FilterField#scalars} returns, without null and without those of other types.
 */
final class FacetValues {

    private static final String OF_METADATA =
            "select %s as operand from jsonb_path_query(?, (select cast(cast(? as text) as jsonpath))) as found (value)";

    private FacetValues() {}

    /** Texts, numbers and booleans, as jsonb. */
    static SqlCondition all(FilterField field) {
        return switch (field) {
            case FieldPath path ->
                ofMetadata(
                        "value", path, "@.type() == \"string\" || @.type() == \"number\" || @.type() == \"boolean\"");
            case DocumentField own -> ofColumn(own, "to_jsonb(%s)".formatted(DocumentFieldCondition.plain(own)));
        };
    }

    /** Numbers, as numeric. */
    static SqlCondition numbers(FilterField field) {
        return switch (field) {
            case FieldPath path -> ofMetadata("cast(found.value as numeric)", path, "@.type() == \"number\"");
            case DocumentField own -> ofColumn(own, "cast(%s as numeric)".formatted(DocumentFieldCondition.plain(own)));
        };
    }

    /** Texts, which are compared by code point. */
    static SqlCondition texts(FilterField field) {
        return switch (field) {
            case FieldPath path -> ofMetadata("(found.value #>> '{}') collate \"C\"", path, "@.type() == \"string\"");
            case DocumentField own -> ofColumn(own, DocumentFieldCondition.plain(own) + " collate \"C\"");
        };
    }

    /** Dates, as microseconds since 1970. */
    static SqlCondition dates(FilterField field) {
        return switch (field) {
            case FieldPath path -> DateCondition.dates(path);
            case DocumentField own ->
                ofColumn(
                        own,
                        "cast(extract(epoch from %s) * 1000000 as bigint)"
                                .formatted(DocumentFieldCondition.plain(own)));
        };
    }

    /** A lax filter looks into a list, and not into lists in it. */
    private static SqlCondition ofMetadata(String operand, FieldPath path, String condition) {
        return SqlCondition.of(
                OF_METADATA.formatted(operand),
                FilterCondition.METADATA,
                JsonPathFilter.path(path) + " ? (" + condition + ")");
    }

    private static SqlCondition ofColumn(DocumentField own, String operand) {
        return SqlCondition.of(
                "select " + operand + " as operand where " + DocumentFieldCondition.plain(own) + " is not null");
    }
}
