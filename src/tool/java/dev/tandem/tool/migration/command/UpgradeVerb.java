package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.lint.Repeatable;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code upgrade}: applies what is pending. */
@Command(
        name = "upgrade",
        description = {
            "Applies the pending scripts, as the application does when it starts.",
            "Of two branches that a script merges, applies the one that is missing, also where it is older."
        },
        footer = {"", "Examples:", "  ./db upgrade", "  ./db upgrade +1", "  ./db upgrade 20261123030000"})
final class UpgradeVerb extends Verb {

    @Mixin
    TargetOption target = new TargetOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = Position.HEAD,
            description =
                    "head (without it), a version or how it begins, with all that it follows, or +N for the next N"
                            + " scripts.")
    String to = Position.HEAD;

    UpgradeVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        folder.head();
        Server server = workbench.database(target.url);
        new MovedScripts(folder).follow(server, AppliedHistory.of(server, folder));
        AppliedHistory history = readied(server, folder).clean();
        List<MigrationInfo> next = next(folder, history);
        if (next.isEmpty()) {
            console().line("Nothing to apply");
            return ExitCode.OK;
        }
        chosen(next, folder).forEach(MigrationScript::refuseUncompilable);
        try {
            console().during("Applying " + Counted.of(next.size(), "script"), () -> {
                apply(next, history, folder, server);
                return next;
            });
        } catch (MigrationRefusal refusal) {
            throw stopped(next, server, folder, refusal);
        }
        new FailureNotes(server).clear();
        next.forEach(this::applied);
        return ExitCode.OK;
    }

    /** The pending scripts that the user wants. */
    private List<MigrationInfo> next(ScriptFolder folder, AppliedHistory history) {
        List<MigrationInfo> pending = history.pending();
        if (to.matches("\\+\\d+")) {
            int steps = Integer.parseInt(to);
            if (steps > pending.size()) {
                throw new MigrationRefusal(to + " leads past the last script; the database is at "
                        + CurrentVerb.place(history.endVersions()));
            }
            return pending.subList(0, steps);
        }
        List<String> wanted = Position.lineage(Position.of(to, folder), folder).stream()
                .map(MigrationScript::version)
                .toList();
        return pending.stream()
                .filter(script -> wanted.contains(script.getVersion().getVersion()))
                .toList();
    }

    /** Scripts that are to stay pending are kept out of Flyway's sight, because they may be older. */
    private void apply(List<MigrationInfo> next, AppliedHistory history, ScriptFolder folder, Server server) {
        if (next.size() == history.pending().size()) {
            workbench.migrations().inAnyOrder().migrate(server);
            return;
        }
        List<MigrationScript> chosen = new ArrayList<>(history.appliedScripts());
        chosen.addAll(chosen(next, folder));
        ChosenScripts.apply(chosen, server);
    }

    private static List<MigrationScript> chosen(List<MigrationInfo> next, ScriptFolder folder) {
        return next.stream()
                .flatMap(script -> folder.script(script.getVersion().getVersion()).stream())
                .toList();
    }

    /** The history of a database. A failed script that removes by itself what it has left may simply run again. */
    private static AppliedHistory readied(Server server, ScriptFolder folder) {
        AppliedHistory history = AppliedHistory.of(server, folder);
        boolean repeatable = history.failed()
                .flatMap(folder::script)
                .filter(script -> script.isJava() || Repeatable.is(script.text()))
                .isPresent();
        if (!repeatable) {
            return history;
        }
        new FailureNotes(server).forgetFailed();
        return AppliedHistory.of(server, folder);
    }

    /** Says what was applied before a script failed; the failure, with the ways on. */
    private MigrationRefusal stopped(
            List<MigrationInfo> next, Server server, ScriptFolder folder, MigrationRefusal refusal) {
        AppliedHistory history = AppliedHistory.of(server, folder);
        List<MigrationInfo> done = next.stream()
                .filter(script -> history.isApplied(script.getVersion().getVersion()))
                .toList();
        done.forEach(this::applied);
        if (history.failed().isEmpty() && done.size() < next.size()) {
            new FailureNotes(server).note(next.get(done.size()).getVersion().getVersion());
        }
        return new MigrationRefusal(
                refusal.getMessage()
                        + " Put it right and ./db upgrade again; ./db downgrade -1 takes the revision back",
                refusal);
    }

    private void applied(MigrationInfo script) {
        console().line(console().green("applied ") + CurrentVerb.name(script));
    }
}
