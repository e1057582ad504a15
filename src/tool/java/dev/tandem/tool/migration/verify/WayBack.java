package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.SettledExpressions;
import dev.tandem.tool.migration.script.Backfills;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptWriter;
import dev.tandem.tool.migration.script.Stage;
import dev.tandem.tool.migration.script.Staging;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/** Makes the undo script from the result of scripts, and keeps it only if it really leads back. */
public final class WayBack {

    private final Comparison comparison;

    public WayBack(ScratchDatabases databases) {
        this.comparison = new Comparison(databases);
    }

    /**
     * The undo script, or why there is none.
     *
     * @param goal the settled schema to return to
     * @param outcome the result of the scripts, rows included
     */
    public Entry<Optional<MigrationScript>, Optional<String>> from(
            Trial.Outcome outcome, ScratchDatabase goal, Choices choices) {
        try {
            Difference difference = comparison.of(outcome.database(), goal, choices.reversed());
            Map<Stage, List<String>> stages =
                    new Staging(Catalog.of(outcome.database()), new Backfills(goal, Map.of()), false).of(difference);
            MigrationScript undo = ScriptWriter.undo(outcome.scripts(), stages);
            Optional<String> failure = Trial.run(outcome.database(), ScriptWriter.transactions(undo))
                    .or(() -> elsewhere(outcome.database(), goal));
            return failure.isPresent() ? Map.entry(Optional.empty(), failure) : Map.entry(Optional.of(undo), failure);
        } catch (MigrationRefusal refusal) {
            return Map.entry(Optional.empty(), Optional.of(refusal.getMessage()));
        }
    }

    private static Optional<String> elsewhere(ScratchDatabase database, ScratchDatabase goal) {
        SettledExpressions.settle(database);
        return CatalogFingerprint.of(database).differences(CatalogFingerprint.of(goal)).stream()
                .findFirst();
    }
}
