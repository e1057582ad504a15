package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.lint.Repeatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes statements as scripts. */
public final class ScriptWriter {

    /** It is better to fail and be tried again than to make everybody queue behind a lock that this session waits for. */
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'";

    /** Where an undo script starts a new transaction: only the next transaction can use an added enum value. */
    private static final String COMMIT = "-- commit";

    private ScriptWriter() {}

    /** One script for each stage that has statements. The headers name the previous script, but not yet a fingerprint. */
    public static List<MigrationScript> scripts(
            String firstVersion, Optional<String> parent, String slug, Map<Stage, List<String>> stages) {
        List<MigrationScript> scripts = new ArrayList<>();
        Optional<String> before = parent;
        for (Map.Entry<Stage, List<String>> stage : stages.entrySet()) {
            if (!stage.getValue().isEmpty()) {
                String version = Versions.after(firstVersion, scripts.size());
                String header = new ScriptHeader(before, Optional.empty()).toString();
                scripts.add(new MigrationScript(
                        version,
                        slug + stage.getKey().suffix(),
                        header + "\n" + body(stage.getKey(), stage.getValue())));
                before = Optional.of(version);
            }
        }
        return scripts;
    }

    /** The undo script for {@code undone}, which the tool runs. */
    public static MigrationScript undo(List<MigrationScript> undone, Map<Stage, List<String>> stages) {
        String versions = undone.stream().map(MigrationScript::version).collect(Collectors.joining(", "));
        List<String> parts = new ArrayList<>();
        for (Stage stage : List.of(Stage.VALUES, Stage.CHANGE)) {
            if (!stages.get(stage).isEmpty()) {
                parts.add(joined(stages.get(stage)));
            }
        }
        MigrationScript first = undone.get(0);
        String body = String.join("\n" + COMMIT + "\n", parts);
        return new MigrationScript(first.version(), first.slug(), "-- undoes: " + versions + "\n\n" + body);
    }

    /** The transactions of an undo script, to be run one after the other. */
    public static List<String> transactions(MigrationScript undo) {
        return List.of(undo.text().split("(?m)^" + COMMIT + "$"));
    }

    /** The versions that an undo script takes back. */
    public static List<String> undone(MigrationScript undo) {
        return undo.text()
                .lines()
                .filter(line -> line.startsWith("-- undoes: "))
                .flatMap(line -> List.of(line.substring("-- undoes: ".length()).split(", ")).stream())
                .toList();
    }

    private static String body(Stage stage, List<String> statements) {
        String preamble =
                switch (stage) {
                    // CREATE INDEX CONCURRENTLY waits for others but does not block them.
                    case CONCURRENT, CLEANUP -> "";
                    case FILL -> Repeatable.MARK + "\n\n";
                    default -> LOCK_TIMEOUT + ";\n\n";
                };
        return preamble + joined(statements);
    }

    private static String joined(List<String> statements) {
        return statements.stream()
                .map(sql -> SqlText.comment(sql) ? sql + "\n" : sql + ";\n")
                .collect(Collectors.joining("\n"));
    }
}
