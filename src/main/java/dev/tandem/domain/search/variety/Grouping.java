package dev.tandem.domain.search.variety;

import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That at most {@code size} hits have the same value in a field of the metadata. Values are the same if a {@link Filter.Equal} of one matches the
 * other. A document with a list has each of its elements. A document without a value has nothing in common with another one.
 *
 * @param hasDates whether the metadata schema declares the field as a date: texts that write the same instant are then the same
 * @param size at least 1
 */
public record Grouping(FieldPath field, boolean hasDates, int size) {

    /** The values that a document has in the field, null included, each once and as it is written first. */
    public List<@Nullable Object> values(Metadata metadata) {
        Set<@Nullable Object> seen = new HashSet<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : field.scalars(metadata)) {
            if (seen.add(compared(value))) {
                values.add(value);
            }
        }
        return values;
    }

    /** What a value is compared as. */
    @Nullable
    Object compared(@Nullable Object value) {
        Instant date = hasDates && value instanceof String text ? Dates.parse(text) : null;
        return date == null ? value : date;
    }
}
