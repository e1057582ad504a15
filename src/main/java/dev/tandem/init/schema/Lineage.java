package dev.tandem.init.schema;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;

/** The scripts of a release, and which of them follow which: those that the first lines of a script name, else the one before it. */
final class Lineage {

    private static final Pattern NAME = Pattern.compile("V(\\d+(?:[._]\\d+)*)__.+\\.(?:sql|java)");
    private static final Pattern PARENTS = Pattern.compile("(?m)^(?:--|//) parent: (\\d+(?:, \\d+)*)$");

    private final NavigableMap<MigrationVersion, String> names = new TreeMap<>();
    private final NavigableMap<MigrationVersion, List<MigrationVersion>> parents = new TreeMap<>();

    /** @param texts by their file's name; what is not named like a script is left out */
    Lineage(Map<String, String> texts) {
        texts.forEach((name, text) -> {
            Matcher version = NAME.matcher(name);
            if (version.matches()) {
                MigrationVersion at = MigrationVersion.fromVersion(version.group(1));
                names.put(at, name);
                parents.put(at, named(text));
            }
        });
        MigrationVersion before = null;
        for (Map.Entry<MigrationVersion, List<MigrationVersion>> script : parents.entrySet()) {
            if (script.getValue().isEmpty() && before != null) {
                script.setValue(List.of(before));
            }
            before = script.getKey();
        }
    }

    private static List<MigrationVersion> named(String text) {
        Matcher header = PARENTS.matcher(text);
        return header.find()
                ? List.of(header.group(1).split(", ")).stream()
                        .map(MigrationVersion::fromVersion)
                        .toList()
                : List.of();
    }

    /** In the order in which they run in an empty database. */
    Collection<MigrationVersion> versions() {
        return names.keySet();
    }

    String fileName(MigrationVersion version) {
        return names.getOrDefault(version, version.toString());
    }

    /** Whether a script comes after another in every database. */
    boolean follows(MigrationVersion later, MigrationVersion earlier) {
        Deque<MigrationVersion> left = new ArrayDeque<>(parents.getOrDefault(later, List.of()));
        Set<MigrationVersion> seen = new HashSet<>();
        while (!left.isEmpty()) {
            MigrationVersion version = left.pop();
            if (version.equals(earlier)) {
                return true;
            }
            if (seen.add(version)) {
                left.addAll(parents.getOrDefault(version, List.of()));
            }
        }
        return false;
    }

    /** Whether some script follows both, so that they may come in any order. */
    boolean areMerged(MigrationVersion one, MigrationVersion other) {
        return names.keySet().stream().anyMatch(version -> follows(version, one) && follows(version, other));
    }
}
