package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
import dev.tandem.tool.migration.script.MigrationScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs scripts as a trial: in a scratch database at head, with a row in every table. */
public final class Trial {

    /** SQLSTATE classes that blame the data and not the script: bad values and violated constraints. */
    private static final List<String> DATA_FAULTS = List.of("22", "23");

    private final Replay replay;
    private final SettledSchema base;
    private final SettledSchema model;
    private final Comparison comparison;

    /**
     * @param base the schema at head
     * @param model the schema that the scripts must lead to
     */
    public Trial(Replay replay, SettledSchema base, SettledSchema model, Comparison comparison) {
        this.replay = replay;
        this.base = base;
        this.model = model;
        this.comparison = comparison;
    }

    /**
     * The result of a trial.
     *
     * @param scripts with the fingerprints that they lead to
     * @param failure why the scripts are wrong; empty if they are right
     * @param reached the result
     */
    public record Outcome(
            List<MigrationScript> scripts, Optional<String> failure, List<String> warnings, SettledSchema reached) {

        /** Scripts of which one didn't run. */
        private static Outcome stopped(
                List<MigrationScript> scripts, MigrationRefusal refusal, List<String> warnings, ScratchDatabase where) {
            return new Outcome(
                    scripts, Optional.of(refusal.getMessage()), warnings, SettledSchema.alreadySettled(where));
        }
    }

    /** Runs scripts made from {@code difference}. */
    public Outcome of(List<MigrationScript> scripts, Difference difference, Choices choices) {
        ScratchDatabase database = replay.atHead();
        List<String> warnings = new ArrayList<>();
        new SeedRows(database, base.catalog(), model.catalog())
                .plant()
                .forEach((table, reason) -> warnings.add("Tried without a row in " + table + ": " + reason));
        try {
            return judged(database, scripts, difference, choices, warnings);
        } catch (MigrationRefusal refusal) {
            if (!faultOfData(refusal)) {
                return Outcome.stopped(scripts, refusal, warnings, database);
            }
            warnings.add("Existing rows may stand in the way: " + refusal.getMessage());
        }
        replay.drop(database);
        ScratchDatabase empty = replay.atHead();
        try {
            return judged(empty, scripts, difference, choices, warnings);
        } catch (MigrationRefusal refusal) {
            return Outcome.stopped(scripts, refusal, warnings, empty);
        }
    }

    private Outcome judged(
            ScratchDatabase database,
            List<MigrationScript> scripts,
            Difference difference,
            Choices choices,
            List<String> warnings) {
        Rows before = Rows.of(database, base.catalog());
        List<MigrationScript> proven = new ArrayList<>();
        SettledSchema reached = applied(database, scripts, proven);
        List<String> lost = before.lost(Rows.of(database, reached.catalog()), difference.approved());
        Optional<String> failure =
                lost.isEmpty() ? remaining(reached, difference, choices) : Optional.of("It loses " + lost);
        return new Outcome(proven, failure, warnings, reached);
    }

    /** What the scripts lead to; adds them to those that are proven, each with its fingerprint. */
    private SettledSchema applied(
            ScratchDatabase database, List<MigrationScript> scripts, List<MigrationScript> proven) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("tandem-trial");
            MigratedSchema history = replay.history().with(folder);
            SettledSchema reached = SettledSchema.alreadySettled(database);
            for (MigrationScript script : scripts) {
                Files.writeString(folder.resolve(script.fileName()), script.text());
                history.migrate(database);
                reached = SettledSchema.of(database);
                String hash = reached.fingerprint().hash();
                proven.add(script.with(script.header().leadingTo(hash)));
            }
            return reached;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(folder);
        }
    }

    /** What still differs, except for held-back steps and undeclared objects. Both comparisons must find nothing. */
    private Optional<String> remaining(SettledSchema reached, Difference difference, Choices choices) {
        Difference rest = comparison.of(reached, model, choices.afterwards());
        List<String> open = rest.approved().stream().map(Operation::description).toList();
        if (!open.isEmpty()) {
            return Optional.of("It leaves undone: " + String.join(", ", open));
        }
        if (!difference.heldBack().isEmpty()) {
            return Optional.empty();
        }
        return reached.fingerprint().differences(model.fingerprint()).stream()
                .filter(line -> rest.drift().isEmpty() || line.startsWith("+"))
                .findFirst()
                .map(line -> "It leads elsewhere: " + line);
    }

    /** Runs transactions one after the other; answers what went wrong, if anything did. */
    static Optional<String> run(ScratchDatabase database, List<String> transactions) {
        try {
            for (String transaction : transactions) {
                database.run(transaction);
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e.getMessage().replaceAll("\\s+", " "));
        }
    }

    private static boolean faultOfData(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return DATA_FAULTS.contains(sql.getSQLState().substring(0, 2));
            }
        }
        return false;
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
