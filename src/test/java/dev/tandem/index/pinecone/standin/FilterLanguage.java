package dev.tandem.index.pinecone.standin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pinecone's filters: which ones it takes, and what they let through. */
final class FilterLanguage {

    private static final Set<String> COMPARISONS = Set.of("$gt", "$gte", "$lt", "$lte");
    private static final Set<String> EQUALITIES = Set.of("$eq", "$ne");
    private static final Set<String> LISTS = Set.of("$in", "$nin");

    private FilterLanguage() {}

    static void check(JsonObject filter) {
        Refused.unless(!filter.isEmpty(), "The filter is empty.");
        for (String name : filter.fieldNames()) {
            if (name.equals("$and") || name.equals("$or")) {
                Refused.unless(
                        filter.getValue(name) instanceof JsonArray list && !list.isEmpty(), name + " needs a list.");
                for (Object each : filter.getJsonArray(name)) {
                    Refused.unless(each instanceof JsonObject, name + " needs a list of objects.");
                    check((JsonObject) each);
                }
            } else {
                Refused.unless(!name.startsWith("$"), "There is no operator " + name + " here.");
                Refused.unless(filter.getValue(name) instanceof JsonObject, "A field needs an operator.");
                filter.getJsonObject(name).forEach(entry -> checkOperator(entry.getKey(), entry.getValue()));
            }
        }
    }

    private static void checkOperator(String operator, @Nullable Object value) {
        boolean isTaken =
                switch (operator) {
                    case String o when COMPARISONS.contains(o) -> value instanceof Number;
                    case String o
                    when EQUALITIES.contains(o) ->
                        value instanceof Number || value instanceof String || value instanceof Boolean;
                    case String o when LISTS.contains(o) -> value instanceof JsonArray list && isList(list);
                    case "$exists" -> value instanceof Boolean;
                    default -> false;
                };
        Refused.unless(isTaken, "The operator " + operator + " does not exist or does not take its value.");
    }

    private static boolean isList(JsonArray list) {
        return !list.isEmpty()
                && list.size() <= 10_000
                && list.stream().allMatch(each -> each instanceof String || each instanceof Number);
    }

    static boolean matches(JsonObject filter, JsonObject metadata) {
        return filter.stream().allMatch(entry -> switch (entry.getKey()) {
            case "$and" -> objects(entry.getValue()).allMatch(each -> matches(each, metadata));
            case "$or" -> objects(entry.getValue()).anyMatch(each -> matches(each, metadata));
            default ->
                ((JsonObject) entry.getValue())
                        .stream()
                                .allMatch(each ->
                                        holds(each.getKey(), each.getValue(), metadata.getValue(entry.getKey())));
        });
    }

    private static Stream<JsonObject> objects(Object list) {
        return ((JsonArray) list).stream().map(JsonObject.class::cast);
    }

    /** Without a value nothing holds, not even a negation. Of a list, one value is enough, and a negation means all of them. */
    private static boolean holds(String operator, Object wanted, @Nullable Object value) {
        if (operator.equals("$exists")) {
            return wanted.equals(value != null);
        }
        if (value == null) {
            return false;
        }
        List<?> values = value instanceof JsonArray list ? list.getList() : List.of(value);
        return switch (operator) {
            case "$eq" -> has(values, wanted);
            case "$ne" -> !has(values, wanted);
            case "$in" -> ((JsonArray) wanted).stream().anyMatch(each -> has(values, each));
            case "$nin" -> ((JsonArray) wanted).stream().noneMatch(each -> has(values, each));
            default -> value instanceof Number number && compares(operator, number.doubleValue(), (Number) wanted);
        };
    }

    private static boolean has(List<?> values, Object wanted) {
        return values.stream().anyMatch(value -> Objects.equals(plain(value), plain(wanted)));
    }

    private static Object plain(Object value) {
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }

    private static boolean compares(String operator, double value, Number bound) {
        double limit = bound.doubleValue();
        return switch (operator) {
            case "$gt" -> value > limit;
            case "$gte" -> value >= limit;
            case "$lt" -> value < limit;
            default -> value <= limit;
        };
    }
}
