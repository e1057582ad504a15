package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.lint.Linter;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import dev.tandem.tool.migration.script.ScriptWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sql}: prints what an upgrade or a downgrade would run, so that it can be run by hand. */
@Command(
        name = "sql",
        description = {
            "Prints what leads from one version to another, history included. Needs no database.",
            "It is written for psql -v ON_ERROR_STOP=1. Where FROM is the later one, it is the way back.",
            "Refuses a range with a migration in Java, which can't be printed."
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
        List<MigrationScript> there = Position.lineage(to, folder);
        List<MigrationScript> here = Position.lineage(from, folder);
        if (there.containsAll(here)) {
            refuseJava(without(here, there));
            if (here.isEmpty()) {
                console().line(HistoryRow.TABLE);
            }
            without(here, there).forEach(script -> console()
                    .line(section(script.fileName(), script.text(), HistoryRow.added(script))));
        } else if (here.containsAll(there)) {
            back(without(there, here), to);
        } else {
            throw new MigrationRefusal(from + " and " + to + " are in two branches, so neither leads to the other");
        }
        return ExitCode.OK;
    }

    /** @throws MigrationRefusal if one is no SQL; nothing has been printed then */
    private static void refuseJava(List<MigrationScript> scripts) {
        scripts.stream().filter(MigrationScript::isJava).findFirst().ifPresent(script -> {
            throw new MigrationRefusal(script.fileName()
                    + " changes rows with Java, so it can't be printed as SQL: ./db upgrade " + script.version()
                    + " --url applies it; print what comes before and what comes after");
        });
    }

    /** An undo script takes back all the scripts of its revision, as in {@code downgrade}. */
    private void back(List<MigrationScript> scripts, String to) {
        Undo undo = new Undo(workbench.undoScripts());
        List<MigrationScript> applied = new ArrayList<>(scripts);
        List<String> sections = new ArrayList<>();
        while (!applied.isEmpty()) {
            MigrationScript way = undo.of(applied.getLast().version(), to);
            List<String> versions = undo.versions(way);
            List<String> transactions = ScriptWriter.transactions(way);
            for (int i = 0; i < transactions.size(); i++) {
                boolean last = i == transactions.size() - 1;
                String text = Undo.LOCK_TIMEOUT + ";\n" + transactions.get(i);
                sections.add(section(way.undoName(), text, last ? HistoryRow.removed(versions) : ""));
            }
            applied.removeIf(script -> versions.contains(script.version()));
        }
        sections.forEach(console()::line);
    }

    private static List<MigrationScript> without(List<MigrationScript> some, List<MigrationScript> all) {
        return all.stream().filter(script -> !some.contains(script)).toList();
    }

    /** In one transaction with its row in the history, if the script can run in a transaction. */
    private static String section(String name, String text, String history) {
        boolean alone = Linter.runsOutsideTransaction(text);
        String body = text.strip() + "\n\n" + history + "\n";
        return "-- " + name + "\n" + (alone ? body : "begin;\n" + body + "commit;\n");
    }
}
