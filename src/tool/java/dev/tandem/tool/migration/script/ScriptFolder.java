package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts in a folder, in the order in which they run. */
public record ScriptFolder(Path path, List<MigrationScript> scripts) {

    private static final Comparator<MigrationScript> ORDER = Comparator.comparing(
            MigrationScript::version, Comparator.comparingInt(String::length).thenComparing(String::compareTo));

    public static ScriptFolder read(Path path) {
        if (!Files.isDirectory(path)) {
            return new ScriptFolder(path, List.of());
        }
        try (Stream<Path> files = Files.list(path)) {
            return new ScriptFolder(
                    path,
                    files.map(MigrationScript::read)
                            .flatMap(Optional::stream)
                            .sorted(ORDER)
                            .toList());
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + path + ": " + e.getMessage(), e);
        }
    }

    /** The script that a script follows: the one in its header, else the one before it. */
    public Optional<String> parent(MigrationScript script) {
        int place = scripts.indexOf(script);
        return script.header()
                .parent()
                .or(() -> place == 0
                        ? Optional.empty()
                        : Optional.of(scripts.get(place - 1).version()));
    }

    /** The scripts that no other follows: one, unless two branches have each added some. */
    public List<MigrationScript> heads() {
        Set<String> followed =
                scripts.stream().map(this::parent).flatMap(Optional::stream).collect(Collectors.toSet());
        return scripts.stream()
                .filter(script -> !followed.contains(script.version()))
                .toList();
    }

    /**
     * The last script; empty in an empty folder.
     *
     * @throws MigrationRefusal if there are several heads, or a parent that does not exist
     */
    public Optional<MigrationScript> head() {
        List<String> versions = scripts.stream().map(MigrationScript::version).toList();
        for (MigrationScript script : scripts) {
            Optional<String> parent = parent(script);
            if (parent.isPresent() && !versions.contains(parent.get())) {
                throw new MigrationRefusal(script.fileName() + " follows " + parent.get() + ", which isn't there");
            }
        }
        List<MigrationScript> heads = heads();
        if (heads.size() > 1) {
            String names = String.join(
                    " and ", heads.stream().map(MigrationScript::fileName).toList());
            throw new MigrationRefusal("Two heads: " + names + " don't follow each other; rebase the later one");
        }
        return heads.stream().findFirst();
    }

    /** Every script up to and including a version. */
    public List<MigrationScript> upTo(String version) {
        List<MigrationScript> before = new ArrayList<>();
        for (MigrationScript script : scripts) {
            before.add(script);
            if (script.version().equals(version)) {
                return before;
            }
        }
        throw new MigrationRefusal("There is no script of version " + version);
    }
}
