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
 * {@code $eq $ne $gt $gte $lt $lte $in $nin $exists $contains $startsWith $elemMatch $near $box $not}. A member can also be {@code $and} or {@code $or} with a list of filters, or {@code $not} with one filter. All members of an object must match; {@code {}} matches everything.
 */
public final class FilterFactory {

    private FilterFactory() {}

    /**
     * @param json as parsed from JSON: maps, lists, strings, booleans, numbers and nulls
     * @param pointer where it stands in the client's input, e.g. {@code /filter}
     * @throws Refusal.Malformed naming every error: {@code filter.unknown_operator}, {@code filter.operand}, {@code filter.path},
     *     {@code filter.text}, {@code filter.number}, {@code filter.date}, {@code filter.place}, {@code filter.too_deep}, {@code filter.too_many_conditions}
     * @throws Refusal.Rejected with {@code filter.too_costly} if it can be read but costs too much
     */
    public static Filter create(Map<String, ? extends @Nullable Object> json, String pointer) {
        return read(json, pointer, false);
    }

    /**
     * As {@link #create}, for a filter that chooses what is changed: a metadata field that is named as a document's own field is, such as
     * {@code key}, or as in an order, such as {@code metadata.year}, must be escaped, because a mistake would change the wrong documents.
     *
     * @throws Refusal.Malformed also with {@code filter.ambiguous_field}
     */
    public static Filter createForChange(Map<String, ? extends @Nullable Object> json, String pointer) {
        return read(json, pointer, true);
    }

    private static Filter read(Map<String, ? extends @Nullable Object> json, String pointer, boolean refusesAmbiguous) {
        Violations violations = new Violations();
        Filter filter = new FilterReader(violations, refusesAmbiguous).read(json, pointer);
        violations.refuseIfAny();
        long cost = FilterCost.of(filter);
        if (cost > FilterCost.MOST) {
            throw new Refusal.Rejected(pointer, "filter.too_costly", FilterCost.tooMuch(cost));
        }
        return filter;
    }
}
