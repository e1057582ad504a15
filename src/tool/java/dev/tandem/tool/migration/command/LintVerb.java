package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.lint.Finding;
import dev.tandem.tool.migration.lint.Linter;
import dev.tandem.tool.migration.lint.Rule;
import dev.tandem.tool.migration.lint.Rules;
import dev.tandem.tool.migration.script.MigrationScript;
import dev.tandem.tool.migration.script.ScriptFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lint}: checks what scripts would do to a database in use. */
@Command(
        name = "lint",
        description = {
            "Reads scripts for what hurts a database in use. Needs no database. Exit code 1 if there are findings.",
            "Migrations in Java are left out: no rule is for them.",
            "A comment before a statement allows an exception: -- lint: allow RULE because REASON"
        },
        footer = {"", "Examples:", "  ./db lint", "  ./db lint draft.sql", "  ./db lint --rules"})
final class LintVerb extends Verb {

    @Option(names = "--rules", description = "List the rules, and nothing else.")
    boolean rules;

    @Parameters(paramLabel = "FILE", description = "Scripts to read; without any, all migrations.")
    List<Path> files = List.of();

    LintVerb(Workbench workbench) {
        super(workbench);
    }

    @Override
    public Integer call() {
        if (rules) {
            Rules.all().forEach(rule -> console().line(explanation(rule)));
            return ExitCode.OK;
        }
        List<Finding> findings = files.isEmpty()
                ? inMigrations(workbench.scripts())
                : files.stream()
                        .peek(LintVerb::refuseJava)
                        .flatMap(file -> new Linter().lint(file).stream())
                        .toList();
        findings.forEach(finding -> console().line(finding.toString()));
        return findings.isEmpty() ? ExitCode.OK : ExitCode.TO_DO;
    }

    private static void refuseJava(Path file) {
        if (file.toString().endsWith(".java")) {
            throw new MigrationRefusal(file + " is no SQL: lint has no rules for Java");
        }
    }

    static List<Finding> inMigrations(ScriptFolder folder) {
        return in(folder.scripts());
    }

    /** Those in Java are no SQL, and no rule is for them. */
    static List<Finding> in(List<MigrationScript> scripts) {
        return scripts.stream()
                .filter(script -> !script.isJava())
                .flatMap(script -> new Linter().lint(script.fileName(), script.text()).stream())
                .toList();
    }

    private static String explanation(Rule rule) {
        return rule.id() + ": " + rule.reason() + " Instead: " + rule.alternative();
    }
}
