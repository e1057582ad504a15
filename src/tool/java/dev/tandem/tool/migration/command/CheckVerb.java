package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Revisions;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.lint.Finding;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check}: whether the scripts lead to the entities. */
@Command(
        name = "check",
        description = {
            "Says whether the scripts lead to what the entities declare, have one head, and break no rule of lint.",
            "Exit code 1, with the pending operations, if not. ./mvnw verify asks the same.",
            "With --url also whether a database is as the scripts have left it, or was changed by hand. It is only"
                    + " read."
        },
        footer = {"", "Examples:", "  ./db check", "  ./db check --url postgresql://tandem:secret@db.example.org/tandem"
        })
final class CheckVerb extends Verb {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "A database to compare as well: jdbc:postgresql://host/db or postgresql://user:password@host/db.")
    Optional<String> url = Optional.empty();

    @Mixin
    ScratchOption scratch = new ScratchOption();

    CheckVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        if (folder.heads().size() > 1) {
            return new HeadsVerb(workbench).call();
        }
        folder.head();
        List<String> complaints = new ArrayList<>(
                LintVerb.inMigrations(folder).stream().map(Finding::toString).toList());
        complaints.addAll(console().during("Comparing the scripts with the entities", () -> compared(folder)));
        if (complaints.isEmpty()) {
            console()
                    .line(console().green("ok") + ": the scripts lead to the entities"
                            + (url.isPresent() ? ", and the database is as they have left it" : ""));
            return ExitCode.OK;
        }
        complaints.forEach(console()::line);
        return ExitCode.TO_DO;
    }

    private List<String> compared(ScriptFolder folder) {
        DeclaredSchema model = workbench.model();
        try (ScratchDatabases databases = workbench.scratch(scratch.url)) {
            Replay replay = new Replay(databases, workbench.migrations());
            List<String> complaints = differences(replay, model);
            folder.head().ifPresent(head -> complaints.addAll(unproven(head, replay)));
            url.map(workbench::database)
                    .map(server -> new LiveSchema(server, folder, databases))
                    .ifPresent(live -> complaints.addAll(live.complaints()));
            return complaints;
        }
    }

    private static List<String> differences(Replay replay, DeclaredSchema model) {
        try (Revisions revisions = new Revisions(replay, model)) {
            List<String> complaints = new ArrayList<>(pending(revisions));
            if (complaints.isEmpty()) {
                revisions.fingerprintDifferences().forEach(line -> complaints.add("the catalogues differ: " + line));
            }
            return complaints;
        }
    }

    private static List<String> pending(Revisions revisions) {
        try {
            Difference difference = revisions.pending(Choices.NONE);
            List<String> complaints = new ArrayList<>();
            for (Operation operation : difference.operations()) {
                complaints.add("pending: " + operation.description()
                        + (difference.heldBack().contains(operation) ? " (loses data)" : ""));
            }
            difference
                    .drift()
                    .forEach(operation -> complaints.add("undeclared: " + operation.subject()
                            + ", which is in the migrations only; declare it in after.sql"));
            return complaints;
        } catch (MigrationRefusal ambiguous) {
            return List.of("pending: " + ambiguous.getMessage());
        }
    }

    private static List<String> unproven(MigrationScript head, Replay replay) {
        return head
                .header()
                .fingerprint()
                .filter(proven -> !proven.equals(Proof.hash(replay.atHead())))
                .map(proven -> head.fileName()
                        + " no longer leads where its fingerprint says: it, or one before it, was edited"
                        + " after it had been proven")
                .stream()
                .toList();
    }
}
