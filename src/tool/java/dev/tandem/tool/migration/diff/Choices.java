package dev.tandem.tool.migration.diff;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The user's decisions where the tool must not guess.
 *
 * @param noRename true if what looks like a rename is a removal and an addition
 * @param allowedDrops {@code table}, {@code table.column}, or the name of a type, function, view, ...; {@code *} for all
 * @param backfills for {@code table.column}, the SQL expression for existing rows when the column becomes NOT NULL
 */
public record Choices(List<Rename> renames, boolean noRename, Set<String> allowedDrops, Map<String, String> backfills) {

    private static final String ALL = "*";

    /** No decisions. */
    public static final Choices NONE = new Choices(List.of(), false, Set.of(), Map.of());

    /** Whether something may be dropped, narrowed or re-created. */
    public boolean allows(Operation operation) {
        String subject = SpokenNames.bare(operation.subject());
        String name = subject.replaceFirst("\\(.*", "");
        return allowedDrops.stream()
                .map(SpokenNames::bare)
                .anyMatch(allowed -> allowed.equals(ALL) || allowed.equals(subject) || allowed.equals(name));
    }

    /** For comparing again after the change: the renames are done, and nothing is asked twice. */
    public Choices afterwards() {
        return new Choices(List.of(), true, allowedDrops, Map.of());
    }

    /** For the way back: a user who runs it wants to lose what it removes. */
    public Choices reversed() {
        return new Choices(renames.stream().map(Rename::reversed).toList(), true, Set.of(ALL), Map.of());
    }
}
