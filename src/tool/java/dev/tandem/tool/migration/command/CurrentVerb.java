package dev.tandem.tool.migration.command;

import java.util.List;
import java.util.stream.Collectors;
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
        AppliedHistory history = AppliedHistory.of(workbench.database(target.url), workbench.scripts());
        List<MigrationInfo> ends = history.ends();
        String where = ends.isEmpty()
                ? "nothing applied yet"
                : ends.stream().map(CurrentVerb::name).collect(Collectors.joining(", "));
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

    /** Where a database with these last versions is. */
    static String place(List<String> ends) {
        return ends.isEmpty() ? Position.BASE : String.join(", ", ends);
    }

    static String words(String slug) {
        return slug.replaceAll("[_ ]+", " ");
    }
}
