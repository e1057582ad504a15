package dev.tandem.service.advice;

import dev.tandem.domain.advice.FieldUsage;
import dev.tandem.domain.advice.FieldUse;
import dev.tandem.domain.advice.UsedFields;
import dev.tandem.domain.metadata.FieldPath;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uses of fields in one collection, of a few fields only.
 *
 * <p>A further field takes the place of the one with the lowest rank, and goes on from that rank. So a field that is used often stays, however many
 * others are tried once, and one that comes to be used often finds a place, however long the others have been there. What is shown of it counts from zero.
 */
final class CollectionUses {

    static final int MOST_FIELDS = 32;

    /** In characters. Longer paths would take too much memory. */
    static final int LONGEST_PATH = 200;

    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** @param nanos how long the statement took */
    void add(UsedFields fields, long nanos) {
        for (Map.Entry<FieldPath, Set<FieldUse>> field : fields.uses().entrySet()) {
            String path = field.getKey().toString();
            if (path.length() <= LONGEST_PATH) {
                tally(path).add(field.getValue(), nanos);
            }
        }
    }

    private Tally tally(String path) {
        Tally known = tallies.get(path);
        if (known != null) {
            return known;
        }
        Tally added = new Tally(makeRoom());
        Tally other = tallies.putIfAbsent(path, added);
        return other == null ? added : other;
    }

    /** Threads that add at the same moment may add one too many each, which the next one removes. Returns the highest rank of what had to go. */
    private long makeRoom() {
        long rank = 0;
        while (tallies.size() >= MOST_FIELDS) {
            Optional<Map.Entry<String, Tally>> least = tallies.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().rank()));
            if (least.isPresent()) {
                tallies.remove(least.get().getKey());
                rank = Math.max(rank, least.get().getValue().rank());
            }
        }
        return rank;
    }

    /** Those first that took the most time. */
    List<FieldUsage> list() {
        return tallies.entrySet().stream()
                .map(entry -> entry.getValue().usage(FieldPath.parse(entry.getKey())))
                .filter(usage -> usage.all().statements() > 0)
                .sorted(Comparator.comparing(FieldUsage::total).reversed().thenComparing(usage -> usage.path()
                        .toString()))
                .toList();
    }
}
