package dev.tandem.init;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.dev.spi.HotReplacementContext;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Has the service of a developer restart for a new migration, which applies it. Quarkus restarts it when a file changes that was there at the last
 * start, so the time of such a file is set. It compiles migrations in Java by itself; their sources are put beside their classes, as Maven does.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class NewScripts {

    private static final String FOLDER = "db/migration";

    /** What looks outlives the restarts, and so does this mark that there is one. */
    private static final String LOOKED_FOR = NewScripts.class.getName();

    void begin(@Observes StartupEvent event) {
        HotReplacementContext reload = DevConsoleManager.getHotReplacementContext();
        if (reload != null && DevConsoleManager.getGlobal(LOOKED_FOR) == null) {
            reload.getResourcesDir().stream()
                    .map(resources -> resources.resolve(FOLDER))
                    .filter(Files::isDirectory)
                    .forEach(folder -> reload.addPreScanStep(new Look(folder)));
            Path classes = reload.getClassesDir().getFirst().resolve(FOLDER);
            List<Path> sources = reload.getSourcesDir().stream()
                    .map(folder -> folder.resolve(FOLDER))
                    .toList();
            reload.addPreScanStep(new Copy(sources, classes));
            DevConsoleManager.setGlobal(LOOKED_FOR, true);
        }
    }

    /** Copies the sources of migrations in Java, and takes away the copies of those that are gone. */
    record Copy(List<Path> sources, Path classes) implements Runnable {

        @Override
        public synchronized void run() {
            try {
                Set<Path> present = new HashSet<>();
                for (Path folder : sources) {
                    for (Path file : javaFiles(folder)) {
                        Files.createDirectories(classes);
                        Path copy = classes.resolve(file.getFileName());
                        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                        present.add(copy);
                    }
                }
                for (Path copy : javaFiles(classes)) {
                    if (!present.contains(copy)) {
                        Files.delete(copy);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Path> javaFiles(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(".java")).toList();
            }
        }
    }

    /** Looks for new scripts in a folder, each time before changes are looked for. */
    static final class Look implements Runnable {

        private final Path folder;
        private NavigableSet<Path> known;

        Look(Path folder) {
            this.folder = folder;
            this.known = scripts();
        }

        @Override
        public synchronized void run() {
            NavigableSet<Path> present = scripts();
            boolean hasNew = !known.containsAll(present);
            known.retainAll(present);
            if (hasNew && !known.isEmpty()) {
                touch(known.last());
            }
            known = present;
        }

        private NavigableSet<Path> scripts() {
            try (Stream<Path> files = Files.list(folder)) {
                return files.collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void touch(Path script) {
            try {
                Files.setLastModifiedTime(script, FileTime.from(Instant.now()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
