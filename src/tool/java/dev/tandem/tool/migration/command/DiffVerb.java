package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.Revisions;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.Operation;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code diff}: the difference between the scripts and the entities, as plain SQL. */
@Command(
        name = "diff",
        description = {
            "Prints the SQL that separates the scripts from the entities: neither staged nor proven, and written nowhere.",
            "To see whether there is anything at all, use check."
        },
        footer = {"", "Example:", "  ./db diff --rename document.body:content"})
final class DiffVerb extends Verb {

    @Mixin
    ChoiceOptions choices = new ChoiceOptions();

    @Mixin
    ScratchOption scratch = new ScratchOption();

    DiffVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        workbench.scripts().head();
        DeclaredSchema model = workbench.model();
        Difference difference = console().during("Comparing the scripts with the entities", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url);
                    Revisions revisions = new Revisions(new Replay(databases, workbench.migrations()), model)) {
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
}
