package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Branches that are applied together: whether each can be taken back while the others stay. */
record BranchesBack(ScriptFolder folder, Undo undo, ScratchDatabases databases) {

    /**
     * The undo scripts that do not lead back, one line each. A branch without them has no way back, which is no mistake.
     *
     * @param heads the branches' last versions
     * @param together a database that has all of them; it stays as it is
     */
    List<String> problems(List<String> heads, ScratchDatabase together) {
        List<String> problems = new ArrayList<>();
        for (String head : heads.size() > 1 ? heads : List.<String>of()) {
            List<MigrationScript> others = folder.lineage(
                    heads.stream().filter(other -> !other.equals(head)).toList());
            ScratchDatabase database = databases.copyOf(together);
            problem(head, others, database).ifPresent(problems::add);
            databases.drop(database);
        }
        return problems;
    }

    private Optional<String> problem(String head, List<MigrationScript> others, ScratchDatabase database) {
        List<MigrationScript> branch = new ArrayList<>(folder.lineage(head));
        branch.removeAll(others);
        String last = "";
        while (!branch.isEmpty()) {
            List<MigrationScript> ways = undo.endingWith(branch.getLast().version());
            if (ways.isEmpty()) {
                return Optional.empty();
            }
            MigrationScript way = ways.getFirst();
            try {
                undo.run(way, database.server());
            } catch (MigrationRefusal refusal) {
                return Optional.of(beside(way.undoName(), others) + refusal.getMessage());
            }
            branch.removeIf(script -> undo.versions(way).contains(script.version()));
            last = way.undoName();
        }
        String undone = last;
        ScratchDatabase expected = databases.create();
        ChosenScripts.apply(others, expected);
        Optional<String> line =
                Proof.of(database).differences(Proof.of(expected)).stream().findFirst();
        databases.drop(expected);
        return line.map(difference -> beside(undone, others) + difference);
    }

    private static String beside(String undoName, List<MigrationScript> others) {
        return undoName + " does not lead back where " + others.getLast().fileName() + " stays applied: ";
    }
}
