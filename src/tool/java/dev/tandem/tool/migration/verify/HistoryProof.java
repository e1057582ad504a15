package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.SettledExpressions;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replays a whole history: each script after those that it follows, where it must lead to the fingerprint in its header; all of them in an
 * empty database; and from each earlier version with a row in every table, like a real installation. What a version lacks of other branches
 * comes after it then, so that branches which a merge joins are applied in both orders.
 */
public final class HistoryProof {

    private final ScratchDatabases databases;
    private final ScriptFolder folder;
    private final MigratedSchema history;
    private final List<String> problems = new ArrayList<>();

    public HistoryProof(ScratchDatabases databases, ScriptFolder folder) {
        this.databases = databases;
        this.folder = folder;
        this.history = folder.history();
    }

    /** What is wrong with the history, one line each; empty if nothing is. */
    public List<String> problems() {
        ScratchDatabase head = databases.create();
        try (Lineages installed = new Lineages(databases, folder)) {
            fingerprints();
            history.migrate(head);
            SettledExpressions.settle(head);
            for (MigrationScript script : folder.scripts()) {
                fromVersion(script, installed, head);
            }
        } catch (MigrationRefusal refusal) {
            problems.add("From an empty database: " + refusal.getMessage());
        } finally {
            databases.drop(head);
        }
        return problems;
    }

    private void fingerprints() {
        try (Lineages lineages = new Lineages(databases, folder)) {
            for (MigrationScript script : folder.scripts()) {
                ScratchDatabase database = lineages.after(script);
                SettledExpressions.settle(database);
                Optional<String> told = script.header().fingerprint();
                String found = CatalogFingerprint.of(database).hash();
                if (told.isPresent() && !told.get().equals(found)) {
                    problems.add(
                            script.fileName() + " says that it leads to " + told.get() + ", but leads to " + found);
                }
            }
        }
    }

    private void fromVersion(MigrationScript script, Lineages installed, ScratchDatabase head) {
        String start = "From " + script.version() + ": ";
        try {
            fromVersion(start, databases.copyOf(installed.after(script)), head);
        } catch (MigrationRefusal refusal) {
            problems.add(start + refusal.getMessage());
        }
    }

    private void fromVersion(String start, ScratchDatabase database, ScratchDatabase head) {
        try {
            new SeedRows(database, Catalog.of(database), Catalog.of(head)).plant();
            history.migrate(database);
            SettledExpressions.settle(database);
            CatalogFingerprint.of(database).differences(CatalogFingerprint.of(head)).stream()
                    .findFirst()
                    .ifPresent(line -> problems.add(start + "it leads elsewhere: " + line));
        } finally {
            databases.drop(database);
        }
    }
}
