package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.MigratedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scripts in one folder or several, in the order in which they run in an empty database. Each names the one that it follows, or several where it
 * merges branches, so a database may have one branch and lack another that is older.
 */
public record ScriptFolder(List<Path> paths, List<MigrationScript> scripts) {

    private static final Comparator<MigrationScript> ORDER = Comparator.comparing(
            MigrationScript::version, Comparator.comparingInt(String::length).thenComparing(String::compareTo));

    public static ScriptFolder read(Path... paths) {
        return new ScriptFolder(
                List.of(paths),
                Stream.of(paths)
                        .flatMap(path -> in(path).stream())
                        .sorted(ORDER)
                        .toList());
    }

    /** The history that they are. A branch may be older than what is applied. */
    public MigratedSchema history() {
        return new MigratedSchema(paths, true);
    }

    private static List<MigrationScript> in(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(MigrationScript::read).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + path + ": " + e.getMessage(), e);
        }
    }

    public Optional<MigrationScript> script(String version) {
        return scripts.stream()
                .filter(script -> script.version().equals(version))
                .findFirst();
    }

    /** The scripts that a script follows: those in its header, else the one before it. */
    public List<String> parents(MigrationScript script) {
        List<String> named = script.header().parents();
        int place = scripts.indexOf(script);
        return !named.isEmpty() || place == 0
                ? named
                : List.of(scripts.get(place - 1).version());
    }

    /** The scripts that no other follows: one, unless two branches have each added some. */
    public List<MigrationScript> heads() {
        Set<String> followed =
                scripts.stream().flatMap(script -> parents(script).stream()).collect(Collectors.toSet());
        return scripts.stream()
                .filter(script -> !followed.contains(script.version()))
                .toList();
    }

    /**
     * The last script; empty in an empty folder.
     *
     * @throws MigrationRefusal if there are several heads, or a parent that does not exist or is newer
     */
    public Optional<MigrationScript> head() {
        refuseStrayParents();
        List<MigrationScript> heads = heads();
        if (heads.size() > 1) {
            String names = String.join(
                    " and ", heads.stream().map(MigrationScript::fileName).toList());
            throw new MigrationRefusal((heads.size() == 2 ? "Two" : heads.size()) + " heads: " + names
                    + " don't follow each other; ./db rebase one that is deployed nowhere, or ./db merge them");
        }
        return heads.stream().findFirst();
    }

    /** @throws MigrationRefusal if a script names a parent that does not exist, or that would run after it */
    public void refuseStrayParents() {
        Map<String, MigrationScript> known = byVersion();
        for (MigrationScript script : scripts) {
            for (String version : parents(script)) {
                MigrationScript parent = known.get(version);
                if (parent == null) {
                    throw new MigrationRefusal(script.fileName() + " follows " + version + ", which isn't there");
                }
                if (ORDER.compare(parent, script) >= 0) {
                    throw new MigrationRefusal(
                            script.fileName() + " can't follow " + version + ", because older versions run first");
                }
            }
        }
    }

    /**
     * A script and all that it follows, in their order: what a database of that version has applied.
     *
     * @throws MigrationRefusal if there is no such script
     */
    public List<MigrationScript> lineage(String version) {
        if (script(version).isEmpty()) {
            throw new MigrationRefusal("There is no script of version " + version);
        }
        return lineage(List.of(version));
    }

    /** Some scripts and all that they follow, in their order. */
    public List<MigrationScript> lineage(Collection<String> versions) {
        Map<String, MigrationScript> known = byVersion();
        Deque<String> left = new ArrayDeque<>(versions);
        Set<String> seen = new HashSet<>();
        while (!left.isEmpty()) {
            MigrationScript script = known.get(left.pop());
            if (script != null && seen.add(script.version())) {
                left.addAll(parents(script));
            }
        }
        return scripts.stream()
                .filter(script -> seen.contains(script.version()))
                .toList();
    }

    /** Whether one script comes after another in every database. */
    public boolean follows(MigrationScript later, MigrationScript earlier) {
        return !later.equals(earlier) && lineage(later.version()).contains(earlier);
    }

    /** Whether some script follows both, so that they may be applied in any order. */
    public boolean areMerged(MigrationScript one, MigrationScript other) {
        return scripts.stream().anyMatch(script -> follows(script, one) && follows(script, other));
    }

    private Map<String, MigrationScript> byVersion() {
        return scripts.stream().collect(Collectors.toMap(MigrationScript::version, Function.identity(), (a, b) -> a));
    }
}
