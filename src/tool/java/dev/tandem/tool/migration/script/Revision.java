package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Project;
import dev.tandem.tool.migration.diff.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scripts that have been proven but not yet written.
 *
 * @param scripts in the order in which they run; none if there is nothing to do
 * @param undo empty if there is no way back
 * @param warnings for the reader of the scripts
 */
public record Revision(
        List<MigrationScript> scripts, Optional<MigrationScript> undo, Difference difference, List<String> warnings) {

    /** Writes the scripts to their folders, and returns the files. */
    public List<Path> write(Project project) {
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(project.undo());
            for (MigrationScript script : scripts) {
                Path file = script.in(project);
                Files.createDirectories(file.getParent());
                written.add(Files.writeString(file, script.text()));
            }
            if (undo.isPresent()) {
                written.add(Files.writeString(
                        project.undo().resolve(undo.get().undoName()),
                        undo.get().text()));
            }
            return written;
        } catch (IOException e) {
            throw new MigrationRefusal("Can't write the scripts: " + e.getMessage(), e);
        }
    }
}
