package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.diff.Choices;
import dev.tandem.tool.migration.lint.Finding;
import dev.tandem.tool.migration.lint.Linter;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes allowances for lint into a script, from what the user has allowed on the command line. */
record SpokenAllowances(Choices choices) {

    private static final Map<String, String> RENAMES =
            Map.of("renaming-column", "--rename", "renaming-table", "--rename");
    private static final Map<String, String> DROPS =
            Map.of("ban-drop-column", "--allow-drop", "ban-drop-table", "--allow-drop");

    Revision in(Revision revision) {
        return new Revision(
                revision.scripts().stream().map(this::in).toList(),
                revision.undo(),
                revision.difference(),
                revision.warnings());
    }

    private MigrationScript in(MigrationScript script) {
        List<String> lines = new ArrayList<>(script.text().lines().toList());
        for (Finding finding :
                new Linter().lint(script.fileName(), script.text()).reversed()) {
            String option = spoken(finding.rule().id());
            if (!option.isEmpty()) {
                lines.add(
                        finding.line() - 1,
                        "-- lint: allow " + finding.rule().id() + " because it was asked for with " + option);
            }
        }
        return new MigrationScript(script.version(), script.slug(), String.join("\n", lines) + "\n");
    }

    private String spoken(String rule) {
        if (!choices.renames().isEmpty() && RENAMES.containsKey(rule)) {
            return RENAMES.get(rule);
        }
        return choices.allowedDrops().isEmpty() ? "" : DROPS.getOrDefault(rule, "");
    }
}
