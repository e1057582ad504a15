package dev.tandem.tool.migration.lint;

import dev.tandem.tool.migration.MigrationRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks scripts against the rules. */
public final class Linter {

    private final List<Rule> rules = Rules.all();

    /** @throws MigrationRefusal if the file can't be read */
    public List<Finding> lint(Path file) {
        try {
            return lint(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new MigrationRefusal("Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The findings in a script's text, by line.
     *
     * @throws MigrationRefusal if a quote or a comment never ends
     */
    public List<Finding> lint(String name, String sql) {
        Tokenizer tokenizer = tokens(name, sql);
        List<Phrase> statements = Statements.of(tokenizer.tokens());
        List<Allowance> allowances = tokenizer.comments().stream()
                .flatMap(comment -> Allowance.of(comment).stream())
                .toList();
        Set<Allowance> used = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        Script script = new Script(statements);
        for (Rule rule : rules) {
            rule.offences().apply(script).forEach(offence -> {
                List<Allowance> matching = allowances.stream()
                        .filter(allowance -> allows(allowance, rule, offence, statements))
                        .toList();
                used.addAll(matching);
                if (matching.isEmpty()) {
                    findings.add(new Finding(name, offence.line(), rule));
                }
            });
        }
        allowances.stream()
                .filter(allowance -> !used.contains(allowance))
                .forEach(allowance -> findings.add(new Finding(name, allowance.line(), Rules.UNUSED_ALLOWANCE)));
        return findings.stream()
                .sorted(Comparator.comparingInt(Finding::line)
                        .thenComparing(finding -> finding.rule().id()))
                .toList();
    }

    /** Whether something in a script's text, such as CREATE INDEX CONCURRENTLY, cannot run in a transaction. */
    public static boolean runsOutsideTransaction(String sql) {
        return new Script(Statements.of(new Tokenizer(sql).tokens())).outsideTransaction();
    }

    private static Tokenizer tokens(String name, String sql) {
        try {
            return new Tokenizer(sql);
        } catch (MigrationRefusal e) {
            throw new MigrationRefusal(name + ", " + e.getMessage(), e);
        }
    }

    /** Whether the comment is between the end of the previous statement and the end of the offending one. */
    private static boolean allows(Allowance allowance, Rule rule, Phrase offence, List<Phrase> statements) {
        if (!allowance.ruleId().equals(rule.id()) || allowance.reason().isEmpty()) {
            return false;
        }
        int before = 0;
        for (Phrase statement : statements) {
            int end = statement.tokens().get(statement.tokens().size() - 1).line();
            if (offence.line() >= statement.line() && offence.line() <= end) {
                return allowance.line() > before && allowance.line() <= end;
            }
            before = end;
        }
        return false;
    }
}
