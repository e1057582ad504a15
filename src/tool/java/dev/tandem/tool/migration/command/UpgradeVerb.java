package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.lint.Repeatable;
import dev.tandem.tool.migration.schema.MigratedSchema;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code upgrade}: applies what is pending. */
@Command(
        name = "upgrade",
        description = "Applies the pending scripts, as the application does when it starts.",
        footer = {"", "Examples:", "  ./db upgrade", "  ./db upgrade +1", "  ./db upgrade 20261123030000"})
final class UpgradeVerb extends Verb {

    @Mixin
    TargetOption target = new TargetOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = Position.HEAD,
            description = "head (without it), a version or how it begins, or +N for the next N scripts.")
    String to = Position.HEAD;

    UpgradeVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        ScriptFolder folder = workbench.scripts();
        folder.head();
        Server server = workbench.database(target.url);
        boolean moved = new MovedScripts(folder).follow(server, AppliedHistory.of(server, workbench.migrations()));
        // Where a moved script was applied first, those of the other branch come after it.
        MigratedSchema migrations = moved ? workbench.migrations().inAnyOrder() : workbench.migrations();
        AppliedHistory history = readied(server, folder, migrations).clean();
        String version = Position.of(to, folder, history);
        List<MigrationInfo> next = history.pending().stream()
                .filter(script -> Position.compare(script.getVersion().getVersion(), version) <= 0)
                .toList();
        if (next.isEmpty() && !history.isApplied(version) && !version.equals(Position.BASE)) {
            throw new MigrationRefusal("There is no script of version " + version);
        }
        if (next.isEmpty()) {
            console().line("Nothing to apply");
            return ExitCode.OK;
        }
        try {
            console().during("Applying " + Counted.of(next.size(), "script"), () -> {
                migrations.migrate(server, version);
                return next;
            });
        } catch (MigrationRefusal refusal) {
            throw stopped(next, server, migrations, refusal);
        }
        new FailureNotes(server).clear();
        next.forEach(this::applied);
        return ExitCode.OK;
    }

    /** The history of a database. A failed script that removes by itself what it has left may simply run again. */
    private static AppliedHistory readied(Server server, ScriptFolder folder, MigratedSchema migrations) {
        AppliedHistory history = AppliedHistory.of(server, migrations);
        boolean repeatable = history.failed()
                .flatMap(version -> folder.scripts().stream()
                        .filter(script -> script.version().equals(version))
                        .findFirst())
                .filter(script -> Repeatable.is(script.text()))
                .isPresent();
        if (!repeatable) {
            return history;
        }
        new FailureNotes(server).forgetFailed();
        return AppliedHistory.of(server, migrations);
    }

    /** Says what was applied before a script failed; the failure, with the ways on. */
    private MigrationRefusal stopped(
            List<MigrationInfo> next, Server server, MigratedSchema migrations, MigrationRefusal refusal) {
        AppliedHistory history = AppliedHistory.of(server, migrations);
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
