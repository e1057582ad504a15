package dev.tandem.tool.migration;

import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
import dev.tandem.tool.migration.script.Backfills;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import dev.tandem.tool.migration.script.ScriptWriter;
import dev.tandem.tool.migration.script.Stage;
import dev.tandem.tool.migration.script.Staging;
import dev.tandem.tool.migration.script.Versions;
import dev.tandem.tool.migration.verify.Trial;
import dev.tandem.tool.migration.verify.WayBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what the migrations lack to produce a model, and makes the missing scripts. */
public final class Revisions implements AutoCloseable {

    private final Replay replay;
    private final SettledSchema base;
    private final SettledSchema model;
    private final Comparison comparison;

    /**
     * Replays the history and creates the model, each in a scratch database.
     *
     * @throws MigrationRefusal if PostgreSQL refuses either
     */
    public Revisions(Replay replay, DeclaredSchema model) {
        this(replay, created(replay, model));
    }

    /** Uses a model that exists already. */
    public Revisions(Replay replay, ScratchDatabase model) {
        this(replay, SettledSchema.of(model));
    }

    private Revisions(Replay replay, SettledSchema model) {
        this(replay, SettledSchema.of(replay.atHead()), model);
    }

    /** With schemas that are there already, and settled. */
    Revisions(Replay replay, SettledSchema base, SettledSchema model) {
        this.replay = replay;
        this.base = base;
        this.model = model;
        this.comparison = new Comparison(replay.databases());
    }

    private static ScratchDatabase created(Replay replay, DeclaredSchema model) {
        ScratchDatabase database = replay.databases().create();
        model.create(database);
        return database;
    }

    /**
     * What is pending; empty if the history leads to the model.
     *
     * @throws MigrationRefusal if the user has to make a choice first
     */
    public Difference pending(Choices choices) {
        return comparison.of(base, model, choices);
    }

    /** How the catalogue differs between the schema of the history, marked {@code -}, and that of the model, marked {@code +}. */
    public List<String> fingerprintDifferences() {
        return base.fingerprint().differences(model.fingerprint());
    }

    /**
     * Makes the scripts for what is pending, and proves them.
     *
     * @param head the last existing version
     * @throws MigrationRefusal if a choice is missing, or no script leads to the model
     */
    public Revision make(String message, Choices choices, Optional<String> head, Instant now) {
        Difference difference = pending(choices);
        if (difference.operations().isEmpty()) {
            refuse(choices.backfills().keySet());
            return new Revision(List.of(), Optional.empty(), difference, List.of());
        }
        List<String> failures = new ArrayList<>();
        // The engine's own order is the second choice: it locks tables, but PostgreSQL's dependencies allow it where
        // they do not allow the first.
        for (boolean lockSafe : List.of(true, false)) {
            Backfills backfills = new Backfills(model, choices.backfills());
            Map<Stage, List<String>> stages = new Staging(base.catalog(), backfills, lockSafe).of(difference);
            refuse(backfills.needless());
            List<MigrationScript> scripts =
                    ScriptWriter.scripts(Versions.at(now, head), head, Versions.slug(message), stages);
            Trial.Outcome outcome = new Trial(replay, base, model, comparison).of(scripts, difference, choices);
            if (outcome.failure().isEmpty()) {
                return finished(outcome, difference, choices, backfills, lockSafe);
            }
            replay.drop(outcome.reached().database());
            failures.add(outcome.failure().get());
        }
        throw new MigrationRefusal(
                "No script was found that leads to the model; write it by hand (revision -m). " + failures.get(0));
    }

    /** A backfill that fills nothing was most likely misspelt, and a guessed value would be used instead. */
    private static void refuse(Collection<String> needlessBackfills) {
        needlessBackfills.stream().findFirst().ifPresent(path -> {
            throw new MigrationRefusal("--backfill " + path + " fills nothing: no such column becomes NOT NULL");
        });
    }

    private Revision finished(
            Trial.Outcome outcome, Difference difference, Choices choices, Backfills backfills, boolean lockSafe) {
        List<String> warnings = new ArrayList<>(outcome.warnings());
        backfills
                .guessed()
                .forEach((column, value) ->
                        warnings.add("Rows that exist get " + value + " in " + column + "; is that right?"));
        if (!lockSafe) {
            warnings.add(
                    "The script locks tables while it reads them; its steps depend on each other and can't be split");
        }
        var wayBack = new WayBack(comparison).from(outcome, base, choices);
        wayBack.getValue().ifPresent(reason -> warnings.add("There is no way back: " + reason));
        replay.drop(outcome.reached().database());
        return new Revision(outcome.scripts(), wayBack.getKey(), difference, warnings);
    }

    @Override
    public void close() {
        replay.drop(base.database());
        replay.drop(model.database());
    }
}
