package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters from JSON. The language follows MongoDB's:
 *
 * <pre>{@code
 * {"year": {"$gte": 2020, "$lt": 2024}, "author.name": "Ada", "$or": [{"tags": {"$in": ["a", "b"]}}, {"draft": {"$exists": false}}]}
 * }</pre>
 *
 * <p>A member names a field by its {@linkplain dev.tandem.domain.metadata.FieldPath path}. Its value is either the value to equal or an object of operators:
 * {@code $eq $ne $gt $gte $lt $lte $in $nin $exists $contains $startsWith $not}. A member can also be {@code $and} or {@code $or} with a list of filters, or {@code $not} with one filter. All members of an object must match; {@code {}} matches everything.
 */
public final class FilterFactory {

    private FilterFactory() {}

    /**
     * @param json as parsed from JSON: maps, lists, strings, booleans, numbers and nulls
     * @param pointer where it stands in the client's input, e.g. {@code /filter}
     * @throws Refusal.Malformed naming every error: {@code filter.unknown_operator}, {@code filter.operand}, {@code filter.path},
     *     {@code filter.text}, {@code filter.number}, {@code filter.too_deep}, {@code filter.too_many_conditions}
     */
    public static Filter create(Map<String, ? extends @Nullable Object> json, String pointer) {
        Violations violations = new Violations();
        Filter filter = new FilterReader(violations).read(json, pointer);
        violations.refuseIfAny();
        return filter;
    }
}
