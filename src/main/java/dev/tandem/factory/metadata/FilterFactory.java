package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Filters out of their JSON. The language is the one known from MongoDB:
 *
 * <pre>{@code
 * {"year": {"$gte": 2020, "$lt": 2024}, "author.name": "Ada", "$or": [{"tags": {"$in": ["a", "b"]}}, {"draft": {"$exists": false}}]}
 * }</pre>
 *
 * <p>A member names a field, by its {@linkplain dev.tandem.domain.metadata.FieldPath path}, with a value to equal or an object of operators:
 * {@code $eq $ne $gt $gte $lt $lte $in $nin $exists $contains $startsWith $not}; or it is {@code $and} or {@code $or} with a list of filters,
 * or {@code $not} with one. All members of an object must hold; {@code {}} holds always.
 */
public final class FilterFactory {

    private FilterFactory() {}

    /**
     * @param json as parsed from JSON: maps, lists, strings, booleans, numbers and nulls
     * @param pointer where it stands in the caller's input, e.g. {@code /filter}
     * @throws Refusal.Malformed with everything that is wrong: {@code filter.unknown_operator}, {@code filter.operand}, {@code filter.path},
     *     {@code filter.text}, {@code filter.number}, {@code filter.too_deep}, {@code filter.too_many_conditions}
     */
    public static Filter create(Map<String, ? extends @Nullable Object> json, String pointer) {
        Violations violations = new Violations();
        Filter filter = new FilterReader(violations).read(json, pointer);
        violations.refuseIfAny();
        return filter;
    }
}
