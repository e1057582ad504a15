package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operators for a field, except for {@code $not} and {@code $elemMatch}, whose operands are filters. */
enum FieldOperator {
    EQ("$eq"),
    NE("$ne"),
    GT("$gt"),
    GTE("$gte"),
    LT("$lt"),
    LTE("$lte"),
    IN("$in"),
    NIN("$nin"),
    EXISTS("$exists"),
    CONTAINS("$contains"),
    STARTS_WITH("$startsWith"),
    NEAR("$near"),
    BOX("$box");

    private static final Map<String, FieldOperator> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(operator -> operator.written, Function.identity()));

    private final String written;

    FieldOperator(String written) {
        this.written = written;
    }

    static @Nullable FieldOperator of(String written) {
        return BY_NAME.get(written);
    }

    static String known() {
        return Arrays.stream(values())
                .map(operator -> operator.written)
                .collect(Collectors.joining(", ", "", ", $elemMatch, $not."));
    }

    /** The condition of this operator and its operand on a field. An invalid operand is reported to {@code operands}. */
    Filter filter(FilterField field, @Nullable Object operand, String pointer, FilterOperands operands) {
        return switch (this) {
            case EQ -> new Filter.Equal(field, operands.scalar(field, operand, pointer));
            case NE -> new Filter.Not(new Filter.Equal(field, operands.scalar(field, operand, pointer)));
            case GT -> compare(field, Comparison.GREATER, operand, pointer, operands);
            case GTE -> compare(field, Comparison.GREATER_OR_EQUAL, operand, pointer, operands);
            case LT -> compare(field, Comparison.LESS, operand, pointer, operands);
            case LTE -> compare(field, Comparison.LESS_OR_EQUAL, operand, pointer, operands);
            case IN -> new Filter.In(field, operands.scalars(field, operand, pointer));
            case NIN -> new Filter.Not(new Filter.In(field, operands.scalars(field, operand, pointer)));
            case EXISTS -> exists(field, operands.truth(operand, pointer));
            case CONTAINS -> new Filter.Contains(field, operands.part(field, operand, pointer));
            case STARTS_WITH -> new Filter.StartsWith(field, operands.prefix(field, operand, pointer));
            case NEAR -> operands.places().near(field, operand, pointer);
            case BOX -> operands.places().inBox(field, operand, pointer);
        };
    }

    private static Filter compare(
            FilterField field,
            Comparison comparison,
            @Nullable Object operand,
            String pointer,
            FilterOperands operands) {
        return new Filter.Compare(field, comparison, operands.bound(field, operand, pointer));
    }

    private static Filter exists(FilterField field, boolean truth) {
        Filter exists = new Filter.Exists(field);
        return truth ? exists : new Filter.Not(exists);
    }
}
