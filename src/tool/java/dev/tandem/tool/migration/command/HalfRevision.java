package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.script.MigrationScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A revision in which an upgrade has stopped.
 *
 * @param scripts those of the revision, oldest first
 * @param applied the ones among them that were applied
 * @param failed the one that failed and may have left something
 * @param others what is applied besides
 */
record HalfRevision(
        List<MigrationScript> scripts,
        List<MigrationScript> applied,
        Optional<MigrationScript> failed,
        List<MigrationScript> others) {

    /** The revision in which a database is at one of its {@link #places}; empty if it has the revision as a whole. */
    static Optional<HalfRevision> at(String place, AppliedHistory history, Undo undo) {
        List<String> versions = undo.revision(place);
        List<MigrationScript> scripts = history.folder().scripts().stream()
                .filter(script -> versions.contains(script.version()))
                .toList();
        List<MigrationScript> applied =
                history.appliedScripts().stream().filter(scripts::contains).toList();
        Optional<MigrationScript> failed = scripts.stream()
                .filter(script -> history.failed().equals(Optional.of(script.version())))
                .findFirst();
        if (scripts.isEmpty() || failed.isEmpty() && applied.size() == scripts.size()) {
            return Optional.empty();
        }
        List<MigrationScript> others = history.appliedScripts().stream()
                .filter(script -> !scripts.contains(script))
                .toList();
        return Optional.of(new HalfRevision(scripts, applied, failed, others));
    }

    /** Whether an upgrade has stopped within a revision. */
    static boolean isIn(AppliedHistory history, Undo undo) {
        return places(history, undo).stream()
                .anyMatch(place -> at(place, history, undo).isPresent());
    }

    /** The versions that can be taken back, in the order in which they should be: first what failed, then what is there in part. */
    static List<String> places(AppliedHistory history, Undo undo) {
        return history.failed().map(List::of).orElseGet(() -> history.endVersions().stream()
                .sorted(Comparator.comparing(end -> at(end, history, undo).isEmpty()))
                .toList());
    }

    /** The scripts that the history has of it. */
    List<MigrationScript> known() {
        List<MigrationScript> known = new ArrayList<>(applied);
        failed.ifPresent(known::add);
        return known;
    }
}
