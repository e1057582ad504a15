package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs moved scripts in their new place, in a private folder, before anything is written. */
final class RebaseProof {

    private final Rebase rebase;
    private final ScratchDatabases databases;
    private final Map<String, CatalogFingerprint> before = new HashMap<>();

    RebaseProof(Rebase rebase, ScratchDatabases databases) {
        this.rebase = rebase;
        this.databases = databases;
    }

    /**
     * The rebase with the fingerprints that its scripts lead to.
     *
     * @throws MigrationRefusal if a script does not run there, or an undo script does not lead back
     */
    Rebase proven() {
        try (ChosenScripts scripts = new ChosenScripts(rebase.kept())) {
            return proven(scripts);
        }
    }

    private Rebase proven(ChosenScripts scripts) {
        ScratchDatabase database = databases.create();
        MigratedSchema history = scripts.history();
        history.migrate(database);
        List<MigrationScript> proven = new ArrayList<>();
        for (MigrationScript script : rebase.scripts()) {
            before.put(script.version(), Proof.of(database));
            scripts.add(script);
            try {
                history.migrate(database);
            } catch (MigrationRefusal refusal) {
                throw new MigrationRefusal(misfit(script, refusal), refusal);
            }
            proven.add(script.with(script.header().leadingTo(Proof.hash(database))));
            takeBack(script, database);
        }
        return rebase.with(proven);
    }

    private String misfit(MigrationScript script, MigrationRefusal refusal) {
        String why = SameThing.in(refusal)
                .map(thing -> ", because both branches create the same " + thing + ". Take it out of one of them")
                .orElse("");
        return script.fileName() + " can't follow " + rebase.kept().getLast().fileName() + why + ": "
                + refusal.getMessage();
    }

    private void takeBack(MigrationScript script, ScratchDatabase database) {
        Undo undo = new Undo(new ScriptFolder(List.of(), rebase.undo()));
        for (MigrationScript way : undo.endingWith(script.version())) {
            ScratchDatabase copy = databases.copyOf(database);
            undo.run(way, copy.server());
            if (!Proof.of(copy).equals(before.get(way.version()))) {
                throw new MigrationRefusal(
                        way.undoName() + " does not lead back any more; delete it, or write it anew");
            }
            databases.drop(copy);
        }
    }
}
