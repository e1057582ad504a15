package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.Revisions;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.schema.DeclaredSchema;
import dev.tandem.tool.migration.schema.Replay;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code revision}: a new script. */
@Command(
        name = "revision",
        description = {
            "Writes a new script: from the difference to the entities with --autogenerate, else one to be filled in.",
            "A generated script has been proven: applied to a database with rows, compared with the entities, and taken back.",
            "What loses data is written as a comment only, exit code 2, until --allow-drop."
        },
        footer = {
            "",
            "Examples:",
            "  ./db revision --autogenerate -m \"add language\"",
            "  ./db revision --autogenerate -m \"rename body\" --rename document.body:content",
            "  ./db revision --data -m \"fill language\" --backfill \"document.language='en'\"",
            "  ./db revision --data -m \"correct titles\"",
            "  ./db revision --data --java -m \"normalize titles\""
        })
final class RevisionVerb extends Verb {

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "What the script does, in a few words: its name.")
    String message = "";

    @Option(names = "--autogenerate", description = "Compare the entities with the scripts, and write what is missing.")
    boolean autogenerate;

    @Option(
            names = "--data",
            description = {
                "A script that changes rows, not the schema: complete with --backfill, which fills empty columns in portions,",
                "else one to be filled in."
            })
    boolean data;

    @Option(
            names = "--java",
            description = "With --data: a migration in Java instead, for a change of each row that SQL can't say.")
    boolean java;

    @Mixin
    ChoiceOptions choices = new ChoiceOptions();

    @Mixin
    ScratchOption scratch = new ScratchOption();

    RevisionVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        if (autogenerate && data) {
            throw new MigrationRefusal("--data is written by hand; leave out --autogenerate");
        }
        if (java && !data) {
            throw new MigrationRefusal("--java goes with --data: the schema is changed in SQL");
        }
        Map<String, String> backfills = choices.choices().backfills();
        Choices others = data ? new Choices(List.of(), false, Set.of(), backfills) : Choices.NONE;
        if (!autogenerate && !choices.choices().equals(others)) {
            throw new MigrationRefusal(
                    "--rename, --no-rename and --allow-drop go with --autogenerate, --backfill also with --data");
        }
        Optional<MigrationScript> last = workbench.scripts().head();
        if (java) {
            if (!backfills.isEmpty()) {
                throw new MigrationRefusal("--backfill is SQL; leave out --java");
            }
            return written(new JavaRevision(workbench.clock().instant(), last, message).revision());
        }
        Optional<String> head = last.map(MigrationScript::version);
        if (data && !backfills.isEmpty()) {
            return written(console().during("Writing and trying the script", () -> {
                try (ScratchDatabases databases = workbench.scratch(scratch.url)) {
                    return new DataRevision(backfills, workbench.clock().instant(), head, message)
                            .tried(new Replay(databases, workbench.migrations()));
                }
            }));
        }
        if (!autogenerate) {
            return written(new BlankScript(workbench.clock().instant(), head, message).revision(data));
        }
        DeclaredSchema model = workbench.model();
        Revision revision = console().during("Writing and proving the script", () -> {
            try (ScratchDatabases databases = workbench.scratch(scratch.url);
                    Revisions revisions = new Revisions(new Replay(databases, workbench.migrations()), model)) {
                return revisions.make(
                        message, choices.choices(), head, workbench.clock().instant());
            }
        });
        choices.refuseNeedless(revision.difference());
        return written(new SpokenAllowances(choices.choices()).in(revision));
    }

    private int written(Revision revision) {
        revision.difference().drift().forEach(operation -> console()
                .warning("undeclared: " + operation.subject() + " is in the migrations only; declare it in after.sql"));
        if (revision.scripts().isEmpty()) {
            console().line("Nothing to write: the scripts lead to the entities");
            return ExitCode.OK;
        }
        for (Path file : revision.write(workbench.project())) {
            console()
                    .line(console().green("wrote ") + workbench.project().root().relativize(file));
        }
        revision.warnings().forEach(warning -> console().warning("note: " + warning));
        findings(revision.scripts()).forEach(finding -> console().warning("lint: " + finding));
        if (revision.difference().heldBack().isEmpty()) {
            return ExitCode.OK;
        }
        revision.difference().heldBack().forEach(operation -> console()
                .error("held back: " + operation.description()
                        + " would lose data; delete the script and repeat with --allow-drop " + operation.subject()));
        return ExitCode.REFUSED;
    }

    private static List<String> findings(List<MigrationScript> scripts) {
        return LintVerb.in(scripts).stream()
                .map(finding -> finding + " Or write before it: -- lint: allow "
                        + finding.rule().id() + " because ..")
                .toList();
    }
}
