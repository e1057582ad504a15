package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.verify.HistoryProof;
import dev.tandem.tool.migration.verify.Lineages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}: proves the whole history again. */
@Command(
        name = "verify",
        description = {
            "Replays the whole history, there and back.",
            "From an empty database, where each script must lead to the fingerprint in its header; from each version with",
            "rows in the tables; and back again, revision by revision, where there are undo scripts. Branches that a script",
            "merges are applied in both orders, and each is taken back while the others stay."
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
        List<String> problems = console().during("Replaying the history", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url)) {
                List<String> found = new ArrayList<>(new HistoryProof(databases, folder).problems());
                if (found.isEmpty()) {
                    found.addAll(takenBack(folder, databases));
                }
                return found;
            }
        });
        problems.forEach(console()::line);
        if (problems.isEmpty()) {
            console()
                    .line(console().green("ok") + ": every script leads where it should; scripts: "
                            + folder.scripts().size());
            return ExitCode.OK;
        }
        return ExitCode.TO_DO;
    }

    /** The undo scripts that do not lead back. */
    private List<String> takenBack(ScriptFolder folder, ScratchDatabases databases) {
        Undo undo = new Undo(workbench.undoScripts());
        List<String> problems = new ArrayList<>();
        Map<String, CatalogFingerprint> before = new HashMap<>();
        try (Lineages lineages = new Lineages(databases, folder)) {
            for (MigrationScript script : folder.scripts()) {
                ScratchDatabase database = lineages.before(script);
                before.put(script.version(), Proof.of(database));
                problems.addAll(new BranchesBack(folder, undo, databases).problems(folder.parents(script), database));
                lineages.after(script);
                for (MigrationScript way : undo.endingWith(script.version())) {
                    ScratchDatabase copy = databases.copyOf(database);
                    undo.run(way, copy.server());
                    Proof.of(copy).differences(before.get(way.version())).stream()
                            .findFirst()
                            .ifPresent(line -> problems.add(way.undoName() + " leads elsewhere: " + line));
                    databases.drop(copy);
                }
            }
        }
        return problems;
    }
}
