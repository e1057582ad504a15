package dev.tandem.tool.migration.command;

import java.util.List;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code current}: which version a database has. */
@Command(
        name = "current",
        description = "Shows which script the database has seen last, and how many are pending.",
        footer = {"", "Example:", "  ./db current --url postgresql://tandem:secret@db.example.org/tandem"})
final class CurrentVerb extends Verb {

    @Mixin
    TargetOption target = new TargetOption();

    CurrentVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        AppliedHistory history = AppliedHistory.of(workbench.database(target.url), workbench.migrations());
        String where = history.current().map(CurrentVerb::name).orElse("nothing applied yet");
        int pending = history.pending().size();
        List<String> problems = history.problems();
        String clean = problems.isEmpty() ? console().green(" (head)") : "";
        console().line(where + (pending == 0 ? clean : console().yellow(" (" + pending + " pending)")));
        problems.forEach(console()::error);
        return problems.isEmpty() ? ExitCode.OK : ExitCode.TO_DO;
    }

    static String name(MigrationInfo script) {
        return script.getVersion() + " " + words(script.getDescription());
    }

    static String words(String slug) {
        return slug.replaceAll("[_ ]+", " ");
    }
}
