package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.lint.Linter;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sql}: what an upgrade or a downgrade would run, for somebody who runs it by hand. */
@Command(
        name = "sql",
        description = {
            "Prints what leads from one version to another, history included, for psql -v ON_ERROR_STOP=1. Needs no database.",
            "Where FROM is the later one, the way back."
        },
        footer = {
            "",
            "Examples:",
            "  ./db sql base..head",
            "  ./db sql 20261123030000..",
            "  ./db sql head..20261123030000"
        })
final class SqlVerb extends Verb {

    @Parameters(
            paramLabel = "FROM..TO",
            description = "base, head, a version or how it begins; FROM is base without one, TO is head.")
    String range = "";

    SqlVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        String[] ends = range.split("\\.\\.", -1);
        if (ends.length != 2) {
            throw new MigrationRefusal("\"" + range + "\" is no FROM..TO, such as base..head");
        }
        ScriptFolder folder = workbench.scripts();
        folder.head();
        String from = Position.of(ends[0].isEmpty() ? Position.BASE : ends[0], folder);
        String to = Position.of(ends[1].isEmpty() ? Position.HEAD : ends[1], folder);
        if (Position.compare(from, to) <= 0) {
            if (from.equals(Position.BASE)) {
                console().line(HistoryRow.TABLE);
            }
            between(from, to, folder).forEach(script -> console()
                    .line(section(script.fileName(), script.text(), HistoryRow.added(script))));
        } else {
            back(from, to, folder);
        }
        return ExitCode.OK;
    }

    private void back(String from, String to, ScriptFolder folder) {
        var undo = workbench.undoScripts().scripts().stream()
                .collect(Collectors.toMap(MigrationScript::version, Function.identity()));
        for (MigrationScript script : between(to, from, folder).reversed()) {
            MigrationScript way = undo.get(script.version());
            if (way == null) {
                throw new MigrationRefusal(
                        "There is no way back from " + script.fileName() + ": " + script.undoName() + " is missing");
            }
            console().line(section(way.undoName(), way.text(), HistoryRow.removed(script)));
        }
    }

    private static List<MigrationScript> between(String after, String upTo, ScriptFolder folder) {
        return folder.scripts().stream()
                .filter(script -> Position.compare(script.version(), after) > 0)
                .filter(script -> Position.compare(script.version(), upTo) <= 0)
                .toList();
    }

    /** In a transaction together with its row in the history, where it can run in one. */
    private static String section(String name, String text, String history) {
        boolean alone = Linter.runsOutsideTransaction(text);
        String body = text.strip() + "\n\n" + history + "\n";
        return "-- " + name + "\n" + (alone ? body : "begin;\n" + body + "commit;\n");
    }
}
