package dev.tandem.factory.job;

import dev.tandem.domain.collection.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a copy is made of, and for how long.
 *
 * @param source the id of the collection that is copied
 * @param name its name when the job was made
 * @param follows whether the copy goes on with what changes in the source, until an alias points to the successor
 */
public record CopyDraft(UUID source, String name, boolean follows) {

    private static final String SOURCE = "source";
    private static final String NAME = "name";
    private static final String FOLLOWS = "follows";

    public static CopyDraft of(Collection source, boolean follows) {
        return new CopyDraft(source.id(), source.name(), follows);
    }

    /** The copy as its job stores it. */
    public Map<String, @Nullable Object> toParameters() {
        return Map.of(SOURCE, source.toString(), NAME, name, FOLLOWS, follows);
    }

    /** The copy that a job has stored. */
    public static CopyDraft of(Map<String, @Nullable Object> parameters) {
        return new CopyDraft(
                UUID.fromString(String.valueOf(parameters.get(SOURCE))),
                String.valueOf(parameters.get(NAME)),
                Boolean.TRUE.equals(parameters.get(FOLLOWS)));
    }
}
