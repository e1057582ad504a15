package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A revision in which an upgrade has stopped.
 *
 * @param scripts those of the revision, oldest first
 * @param applied the ones among them that were applied
 * @param failed the one that failed and may have left something
 */
record HalfRevision(List<MigrationScript> scripts, List<MigrationScript> applied, Optional<MigrationScript> failed) {

    /** The revision in which a database is; empty if it is between two. */
    static Optional<HalfRevision> in(AppliedHistory history, ScriptFolder folder, Undo undo) {
        List<MigrationScript> scripts = history.failed()
                .or(history::currentVersion)
                .map(version -> scripts(version, folder, undo))
                .orElse(List.of());
        List<MigrationScript> applied = scripts.stream()
                .filter(script -> history.isApplied(script.version()))
                .toList();
        if (scripts.isEmpty() || history.failed().isEmpty() && applied.size() == scripts.size()) {
            return Optional.empty();
        }
        return Optional.of(new HalfRevision(
                scripts,
                applied,
                scripts.stream()
                        .filter(script -> history.failed().equals(Optional.of(script.version())))
                        .findFirst()));
    }

    private static List<MigrationScript> scripts(String version, ScriptFolder folder, Undo undo) {
        List<String> versions = undo.revision(version);
        return folder.scripts().stream()
                .filter(script -> versions.contains(script.version()))
                .toList();
    }

    /** The scripts that the history has of it. */
    List<MigrationScript> known() {
        List<MigrationScript> known = new ArrayList<>(applied);
        failed.ifPresent(known::add);
        return known;
    }

    /** The last version before it; empty if it is the first revision. */
    Optional<String> before(ScriptFolder folder) {
        int first = folder.scripts().indexOf(scripts.get(0));
        return first == 0
                ? Optional.empty()
                : Optional.of(folder.scripts().get(first - 1).version());
    }
}
