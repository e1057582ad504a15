package dev.tandem.service.index.check;

import static java.util.stream.Collectors.toCollection;

import dev.tandem.domain.change.Difference;
import dev.tandem.domain.change.Difference.Kind;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.repository.StampRepository.Stamped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows before, the positions of the index's parts at that time, changes that they did not show, their entries, and the rows after;
 * read in this order.
 */
record Look(
        Map<UUID, Stamped> before,
        List<Optional<Position>> positions,
        Map<UUID, Long> unseen,
        List<Map<UUID, Long>> entries,
        Map<UUID, Stamped> after) {

    boolean isSettled(UUID id) {
        return positions.stream().allMatch(Optional::isPresent)
                && Objects.equals(before.get(id), after.get(id))
                && !unseen.containsKey(id);
    }

    List<Difference> differences(Collection owner, UUID id) {
        Stamped row = after.get(id);
        return kinds(owner, row, entries, id).stream()
                .map(kind -> new Difference(id, row == null ? null : row.key(), kind))
                .toList();
    }

    /** What is wrong with a document in any part. */
    static Set<Kind> kinds(Collection owner, @Nullable Stamped row, List<Map<UUID, Long>> entries, UUID id) {
        return entries.stream()
                .flatMap(part -> kinds(owner, row, part.get(id)).stream())
                .collect(toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    private static List<Kind> kinds(Collection owner, @Nullable Stamped row, @Nullable Long entry) {
        List<Kind> kinds = new ArrayList<>();
        if (row == null) {
            return entry == null ? kinds : List.of(Kind.ORPHANED);
        }
        if (entry == null) {
            kinds.add(Kind.MISSING);
        } else if (entry != row.stamp()) {
            kinds.add(Kind.STALE);
        }
        if (row.isBare() && owner.embedding().hasModel()) {
            kinds.add(Kind.UNEMBEDDED);
        }
        return kinds;
    }
}
