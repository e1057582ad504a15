package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.Server;
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
        workbench.scripts().head();
        Server server = workbench.database(target.url);
        AppliedHistory history =
                AppliedHistory.of(server, workbench.migrations()).clean();
        String version = Position.of(to, workbench.scripts(), history);
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
        console().during("Applying " + next.size() + " scripts", () -> {
            workbench.migrations().migrate(server, version);
            return next;
        });
        next.forEach(script -> console().line(console().green("applied ") + CurrentVerb.name(script)));
        return ExitCode.OK;
    }
}
