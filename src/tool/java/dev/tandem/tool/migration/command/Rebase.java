package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.script.ScriptHeader;
import dev.tandem.tool.migration.script.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scripts of a branch, moved behind those of another.
 *
 * @param kept the other branch with what it follows, in order; of several others, that with the newest version
 * @param moved the branch's scripts as they are
 * @param scripts the branch's scripts as they will be
 * @param movedUndo the branch's undo scripts as they are
 * @param undo the branch's undo scripts as they will be
 */
record Rebase(
        List<MigrationScript> kept,
        List<MigrationScript> moved,
        List<MigrationScript> scripts,
        List<MigrationScript> movedUndo,
        List<MigrationScript> undo) {

    /** @param head the branch's last script */
    static Rebase of(ScriptFolder folder, ScriptFolder undo, MigrationScript head, Instant now) {
        List<String> heads = folder.heads().stream()
                .filter(other -> !other.equals(head))
                .map(MigrationScript::version)
                .toList();
        List<MigrationScript> others = folder.lineage(heads);
        List<MigrationScript> moved = folder.lineage(head.version()).stream()
                .filter(script -> !others.contains(script))
                .toList();
        refuseMerged(moved);
        List<MigrationScript> kept = folder.lineage(heads.getLast());
        MigrationScript last = kept.getLast();
        String first = Versions.at(now, Optional.of(folder.scripts().getLast().version()));
        List<MigrationScript> scripts = new ArrayList<>();
        String parent = last.version();
        for (MigrationScript script : moved) {
            String version = Versions.after(first, scripts.size());
            scripts.add(
                    MovedScripts.moved(script, version).with(new ScriptHeader(Optional.of(parent), Optional.empty())));
            parent = version;
        }
        List<String> old = moved.stream().map(MigrationScript::version).toList();
        List<MigrationScript> movedUndo = undo.scripts().stream()
                .filter(way -> old.contains(way.version()))
                .toList();
        return new Rebase(
                kept,
                moved,
                scripts,
                movedUndo,
                movedUndo.stream().map(way -> renumbered(way, moved, scripts)).toList());
    }

    /** Who merges says that what was merged is deployed. */
    private static void refuseMerged(List<MigrationScript> moved) {
        moved.stream()
                .filter(script -> script.header().parents().size() > 1)
                .findFirst()
                .ifPresent(script -> {
                    throw new MigrationRefusal(script.fileName()
                            + " merges branches that are deployed, so they must not move: ./db rebase the other one");
                });
    }

    /** The same rebase, with scripts that have been proven. */
    Rebase with(List<MigrationScript> proven) {
        return new Rebase(kept, moved, proven, movedUndo, undo);
    }

    /** Replaces the files, and returns the new ones. */
    List<Path> write(Project project) {
        List<Path> written = new ArrayList<>();
        try {
            for (MigrationScript script : scripts) {
                written.add(Files.writeString(script.in(project), script.text()));
            }
            for (MigrationScript way : undo) {
                written.add(Files.writeString(project.undo().resolve(way.undoName()), way.text()));
            }
            for (MigrationScript script : moved) {
                Files.delete(script.in(project));
            }
            for (MigrationScript way : movedUndo) {
                Files.delete(project.undo().resolve(way.undoName()));
            }
            return written.stream().map(project.root()::relativize).toList();
        } catch (IOException e) {
            throw new MigrationRefusal("Can't write the scripts: " + e.getMessage(), e);
        }
    }

    private static MigrationScript renumbered(
            MigrationScript undo, List<MigrationScript> before, List<MigrationScript> after) {
        String version = undo.version();
        String text = undo.text();
        for (int i = 0; i < before.size(); i++) {
            text = text.replace(before.get(i).version(), after.get(i).version());
            version = version.equals(before.get(i).version()) ? after.get(i).version() : version;
        }
        return new MigrationScript(version, undo.slug(), text);
    }
}
