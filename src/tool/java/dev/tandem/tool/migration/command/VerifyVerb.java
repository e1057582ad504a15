package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}: proves the whole history again. */
@Command(
        name = "verify",
        description = {
            "Replays every script from an empty database, compares what each leads to with the fingerprint in its header, and",
            "takes back every revision that can be taken back."
        },
        footer = {"", "Example:", "  ./db verify"})
final class VerifyVerb extends Verb {

    @Mixin
    ScratchOption scratch = new ScratchOption();

    VerifyVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        folder.head();
        List<String> failures = console().during("Replaying " + folder.scripts().size() + " scripts", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url)) {
                return replayed(folder, databases);
            }
        });
        failures.forEach(console()::line);
        if (failures.isEmpty()) {
            console().line(console().green("ok") + ": " + folder.scripts().size() + " scripts lead where they should");
            return ExitCode.OK;
        }
        return ExitCode.TO_DO;
    }

    private List<String> replayed(ScriptFolder folder, ScratchDatabases databases) {
        Undo undo = new Undo(workbench.undoScripts());
        List<String> failures = new ArrayList<>();
        Map<String, CatalogFingerprint> before = new TreeMap<>();
        ScratchDatabase database = databases.create();
        CatalogFingerprint reached = Proof.of(database);
        for (MigrationScript script : folder.scripts()) {
            before.put(script.version(), reached);
            workbench.migrations().migrate(database.server(), script.version());
            reached = Proof.of(database);
            String hash = reached.hash();
            if (script.header()
                    .fingerprint()
                    .filter(proven -> !proven.equals(hash))
                    .isPresent()) {
                failures.add(script.fileName() + " leads to " + hash + ", not to the fingerprint in its header");
            }
            undo.folder().scripts().stream()
                    .filter(back -> undo.versions(back).reversed().stream()
                            .findFirst()
                            .filter(script.version()::equals)
                            .isPresent())
                    .forEach(back -> failures.addAll(
                            takenBack(back, undo, before.get(back.version()), databases.copyOf(database))));
        }
        return failures;
    }

    private static List<String> takenBack(
            MigrationScript back, Undo undo, CatalogFingerprint goal, ScratchDatabase copy) {
        undo.run(back, copy.server());
        return goal.differences(Proof.of(copy)).stream()
                .findFirst()
                .map(line -> back.undoName() + " leads elsewhere: " + line)
                .stream()
                .toList();
    }
}
