package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.Revisions;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diff}: the difference between the scripts and the entities, as plain SQL. */
@Command(
        name = "diff",
        description = {
            "Prints the SQL that separates the scripts from the entities: neither staged nor proven, and written"
                    + " nowhere.",
            "With --url, what separates a database from the entities. It is only read.",
            "To see whether there is anything at all, use check."
        },
        footer = {
            "",
            "Examples:",
            "  ./db diff --rename document.body:content",
            "  ./db diff --url postgresql://tandem:secret@db.example.org/tandem"
        })
final class DiffVerb extends Verb {

    @Mixin
    ChoiceOptions choices = new ChoiceOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A database to compare instead of the scripts: jdbc:postgresql://host/db or"
                    + " postgresql://user:password@host/db.")
    Optional<String> url = Optional.empty();

    @Mixin
    ScratchOption scratch = new ScratchOption();

    DiffVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        workbench.scripts().head();
        DeclaredSchema model = workbench.model();
        String what = url.isPresent() ? "the database" : "the scripts";
        Difference difference = console().during("Comparing " + what + " with the entities", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url);
                    Revisions revisions = new Revisions(compared(databases), model)) {
                return revisions.pending(choices.choices());
            }
        });
        choices.refuseNeedless(difference);
        for (Operation operation : difference.operations()) {
            boolean held = difference.heldBack().contains(operation);
            console().line(held ? console().red("-- DESTRUCTIVE (--allow-drop " + operation.subject() + ")") : "");
            console().line(operation.sql() + ";");
        }
        difference.drift().forEach(operation -> console().warning("undeclared: " + operation.subject()));
        if (difference.isEmpty()) {
            console().line("No difference");
        }
        return ExitCode.OK;
    }

    private Replay compared(ScratchDatabases databases) {
        MigratedSchema migrations = workbench.migrations();
        return url.map(workbench::database)
                .map(server -> new LiveSchema(server, workbench.scripts(), databases).copy())
                .map(copy -> new Replay(databases, migrations, copy))
                .orElseGet(() -> new Replay(databases, migrations));
    }
}
