package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Statements;
import dev.tandem.tool.migration.lint.Repeatable;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Index;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.SettledSchema;
import dev.tandem.tool.migration.script.Backfills;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptWriter;
import dev.tandem.tool.migration.script.Stage;
import dev.tandem.tool.migration.script.Staging;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way back from the middle of a revision. Its undo script is made for the whole revision, so this takes those of its statements that
 * apply, which know about renames, and whatever still separates the result from the schema before the revision.
 */
record HalfWayBack(HalfRevision revision, Undo undo, ScratchDatabases databases) {

    /**
     * The script that takes back what is applied.
     *
     * @param live the database; it is only read
     * @throws MigrationRefusal if no way is found
     */
    MigrationScript from(ScratchDatabase live) {
        SettledSchema before = SettledSchema.of(with(revision.others()));
        ScratchDatabase half = with(revision.others(), revision.applied());
        revision.failed()
                .filter(script -> !script.isJava())
                .ifPresent(script -> addLeftovers(script, Catalog.of(live), half));
        Map<Stage, List<String>> stages = new EnumMap<>(Stage.class);
        stages.put(Stage.VALUES, statementsThatApply(half));
        SettledSchema nearly = SettledSchema.of(half);
        Choices asked = new Choices(List.of(), false, Choices.NONE.reversed().allowedDrops(), Map.of());
        Map<Stage, List<String>> rest = new Staging(nearly.catalog(), new Backfills(before, Map.of()), false)
                .of(new Comparison(databases).of(nearly, before, asked));
        stages.put(Stage.CHANGE, new ArrayList<>(rest.get(Stage.VALUES)));
        stages.get(Stage.CHANGE).addAll(rest.get(Stage.CHANGE));
        return ScriptWriter.undo(revision.known(), stages);
    }

    @SafeVarargs
    private ScratchDatabase with(List<MigrationScript>... scripts) {
        ScratchDatabase database = databases.create();
        ChosenScripts.apply(Stream.of(scripts).flatMap(List::stream).toList(), database);
        return database;
    }

    /** Which of its indexes a failed script has built or dropped, only the database knows. */
    private static void addLeftovers(MigrationScript failed, Catalog live, ScratchDatabase half) {
        Set<String> names = Repeatable.indexes(failed.text());
        Catalog expected = Catalog.of(half);
        for (Index index : live.indexes()) {
            if (names.contains(bare(index)) && expected.hasTable(index.table())) {
                half.tried("drop index if exists " + index.path());
                half.tried(index.create());
            }
        }
        expected.indexes().stream()
                .filter(index -> names.contains(bare(index)))
                .filter(index -> live.index(index.table(), index.name()).isEmpty())
                .forEach(index -> half.tried("drop index " + index.path()));
    }

    private static String bare(Index index) {
        return index.name().replace("\"", "");
    }

    private List<String> statementsThatApply(ScratchDatabase half) {
        return undo.folder().scripts().stream()
                .filter(script ->
                        undo.versions(script).contains(revision.scripts().get(0).version()))
                .flatMap(script -> Statements.in(script.text()).stream())
                .filter(half::tried)
                .toList();
    }
}
