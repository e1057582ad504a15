package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
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

    public WayBack(Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * The undo script, or why there is none.
     *
     * @param goal the schema to return to
     * @param outcome the result of the scripts, rows included; its database is then the result of the undo script
     */
    public Entry<Optional<MigrationScript>, Optional<String>> from(
            Trial.Outcome outcome, SettledSchema goal, Choices choices) {
        try {
            Difference difference = comparison.of(outcome.reached(), goal, choices.reversed());
            Map<Stage, List<String>> stages =
                    new Staging(outcome.reached().catalog(), new Backfills(goal, Map.of()), false).of(difference);
            MigrationScript undo = ScriptWriter.undo(outcome.scripts(), stages);
            ScratchDatabase database = outcome.reached().database();
            Optional<String> failure =
                    Trial.run(database, ScriptWriter.transactions(undo)).or(() -> elsewhere(database, goal));
            return failure.isPresent() ? Map.entry(Optional.empty(), failure) : Map.entry(Optional.of(undo), failure);
        } catch (MigrationRefusal refusal) {
            return Map.entry(Optional.empty(), Optional.of(refusal.getMessage()));
        }
    }

    private static Optional<String> elsewhere(ScratchDatabase database, SettledSchema goal) {
        return SettledSchema.of(database).fingerprint().differences(goal.fingerprint()).stream()
                .findFirst();
    }
}
