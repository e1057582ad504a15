package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.diff.Comparison;
import dev.tandem.tool.migration.diff.Difference;
import dev.tandem.tool.migration.diff.SchemaCopy;
import dev.tandem.tool.migration.schema.CatalogFingerprint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.ScratchDatabases;
import dev.tandem.tool.migration.schema.Server;
import dev.tandem.tool.migration.schema.SettledSchema;
import dev.tandem.tool.migration.script.ChosenScripts;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A database in use, compared with what the scripts have made of it: what somebody has changed by hand. */
record LiveSchema(Server server, ScriptFolder folder, ScratchDatabases databases) {

    private static final String INVALID = " INVALID";

    /** A copy of its schema without rows. */
    ScratchDatabase copy() {
        return SchemaCopy.of(new ScratchDatabase("the database", server), databases);
    }

    /** What is wrong with it, one line each; empty if it is at head and as the scripts have left it. */
    List<String> complaints() {
        AppliedHistory history = AppliedHistory.of(server, folder);
        List<String> complaints = new ArrayList<>(history.problems());
        int pending = history.pending().size();
        if (pending > 0) {
            complaints.add(
                    "not applied to the database yet: " + Counted.of(pending, "script") + "; ./db upgrade --url");
        }
        ScratchDatabase expected = databases.create();
        ChosenScripts.apply(history.appliedScripts(), expected);
        complaints.addAll(byHand(SettledSchema.of(expected), SettledSchema.of(copy())));
        CatalogFingerprint.of(server).lines().stream()
                .filter(line -> line.endsWith(INVALID))
                .forEach(line -> complaints.add("invalid, because building it has failed: "
                        + line.substring(0, line.length() - INVALID.length())));
        return complaints;
    }

    private List<String> byHand(SettledSchema expected, SettledSchema live) {
        Choices all = Choices.NONE.reversed();
        Difference difference = new Comparison(databases).of(expected, live, all);
        List<String> changes = Stream.concat(difference.operations().stream(), difference.drift().stream())
                .map(operation -> "by hand: " + operation.description())
                .distinct()
                .toList();
        return changes.isEmpty()
                ? expected.fingerprint().differences(live.fingerprint()).stream()
                        .map(line -> "by hand: " + line)
                        .toList()
                : changes;
    }
}
