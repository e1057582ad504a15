package dev.tandem.service.maintenance;

import dev.tandem.domain.job.Step;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a {@link ReconcileJob} has come.
 *
 * @param after the last id that was compared; null if there are no more
 * @param repairing the documents that were repaired last and must be compared again
 */
record ReconcilePlace(@Nullable UUID after, Set<UUID> repairing) {

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final String NO_MORE = "-";

    static ReconcilePlace of(@Nullable String cursor) {
        if (cursor == null) {
            return new ReconcilePlace(BEGINNING, Set.of());
        }
        List<String> parts = Arrays.asList(cursor.split(" "));
        Set<UUID> repairing = new HashSet<>();
        parts.subList(1, parts.size()).forEach(id -> repairing.add(UUID.fromString(id)));
        String after = parts.getFirst();
        return new ReconcilePlace(after.equals(NO_MORE) ? null : UUID.fromString(after), repairing);
    }

    /** The id after which the comparison continues. */
    UUID from() {
        return after == null ? BEGINNING : after;
    }

    /** The step that leads here; the last one if nothing is left to do. */
    Step step() {
        if (after == null && repairing.isEmpty()) {
            return Step.end();
        }
        StringBuilder cursor = new StringBuilder(after == null ? NO_MORE : after.toString());
        repairing.forEach(id -> cursor.append(' ').append(id));
        return Step.to(cursor.toString());
    }
}
