package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.verify.Lineages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Replays branches as the databases will: each that has a part of one branch gets the rest, in the order of the versions. All of them must
 * have the same schema in the end.
 */
final class MergeProof {

    private static final int MOST_SHOWN = 6;

    private final ScriptFolder folder;
    private final List<String> heads;
    private final Undo undo;
    private final ScratchDatabases databases;

    /** @param heads the last scripts of the branches */
    MergeProof(ScriptFolder folder, List<MigrationScript> heads, Undo undo, ScratchDatabases databases) {
        this.heads = heads.stream().map(MigrationScript::version).toList();
        this.folder = new ScriptFolder(folder.paths(), folder.lineage(this.heads));
        this.undo = undo;
        this.databases = databases;
    }

    /**
     * The fingerprint of the schema with all branches.
     *
     * @throws MigrationRefusal if a branch can't follow another, if their order matters, or if an undo script no longer leads back
     */
    String proven() {
        try (Lineages lineages = new Lineages(databases, folder)) {
            List<Ending> endings = new ArrayList<>();
            for (MigrationScript script : folder.scripts()) {
                ScratchDatabase database = lineages.after(script);
                if (!isCommon(script)) {
                    endings.add(new Ending(script, completed(script, databases.copyOf(database))));
                }
            }
            Ending first = endings.getFirst();
            CatalogFingerprint schema = Proof.of(first.database());
            endings.forEach(other -> refuseElsewhere(first, schema, other));
            new BranchesBack(folder, undo, databases)
                    .problems(heads, first.database()).stream().findFirst().ifPresent(problem -> {
                        throw new MigrationRefusal(problem + "; delete it, or write it anew");
                    });
            return schema.hash();
        }
    }

    /** A database that has got everything. */
    private record Ending(MigrationScript start, ScratchDatabase database) {}

    private boolean isCommon(MigrationScript script) {
        return heads.stream().allMatch(head -> folder.lineage(head).contains(script));
    }

    /** A database that was at a script, with all that it lacked. */
    private ScratchDatabase completed(MigrationScript start, ScratchDatabase database) {
        List<MigrationScript> had = folder.lineage(start.version());
        try (ChosenScripts scripts = new ChosenScripts(had)) {
            for (MigrationScript script : folder.scripts()) {
                if (!had.contains(script)) {
                    scripts.add(script);
                    run(script, start, scripts, database);
                }
            }
        }
        return database;
    }

    private static void run(
            MigrationScript script, MigrationScript start, ChosenScripts scripts, ScratchDatabase database) {
        try {
            scripts.history().migrate(database);
        } catch (MigrationRefusal refusal) {
            String why = SameThing.in(refusal)
                    .map(thing -> ", because both branches create the same " + thing
                            + ". Create it IF NOT EXISTS in both, and ./db stamp the databases that have one of them")
                    .orElse("");
            throw new MigrationRefusal(
                    script.fileName() + " can't be applied where " + start.fileName() + " is" + why + ": "
                            + refusal.getMessage(),
                    refusal);
        }
    }

    private static void refuseElsewhere(Ending one, CatalogFingerprint schema, Ending other) {
        List<String> differences = schema.differences(Proof.of(other.database()));
        if (!differences.isEmpty()) {
            String shown = differences.stream().limit(MOST_SHOWN).collect(Collectors.joining("; "));
            throw new MigrationRefusal("The order of the branches matters, so no script can merge them: a database"
                    + " that has " + one.start().fileName() + " first (-) ends with another schema than one that has "
                    + other.start().fileName() + " first (+): " + shown
                    + (differences.size() > MOST_SHOWN ? "; .." : ""));
        }
    }
}
