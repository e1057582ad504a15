package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operators for a field, except for {@code $not}. */
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
    STARTS_WITH("$startsWith");

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
                .collect(Collectors.joining(", ", "", ", $not."));
    }

    /** The condition of this operator and its operand on a field. An invalid operand is reported to {@code operands}. */
    Filter filter(FieldPath path, @Nullable Object operand, String pointer, FilterOperands operands) {
        return switch (this) {
            case EQ -> new Filter.Equal(path, operands.scalar(operand, pointer));
            case NE -> new Filter.Not(new Filter.Equal(path, operands.scalar(operand, pointer)));
            case GT -> new Filter.Compare(path, Comparison.GREATER, operands.bound(operand, pointer));
            case GTE -> new Filter.Compare(path, Comparison.GREATER_OR_EQUAL, operands.bound(operand, pointer));
            case LT -> new Filter.Compare(path, Comparison.LESS, operands.bound(operand, pointer));
            case LTE -> new Filter.Compare(path, Comparison.LESS_OR_EQUAL, operands.bound(operand, pointer));
            case IN -> new Filter.In(path, operands.scalars(operand, pointer));
            case NIN -> new Filter.Not(new Filter.In(path, operands.scalars(operand, pointer)));
            case EXISTS -> exists(path, operands.truth(operand, pointer));
            case CONTAINS -> new Filter.Contains(path, operands.part(operand, pointer));
            case STARTS_WITH -> new Filter.StartsWith(path, operands.prefix(operand, pointer));
        };
    }

    private static Filter exists(FieldPath path, boolean truth) {
        Filter exists = new Filter.Exists(path);
        return truth ? exists : new Filter.Not(exists);
    }
}
