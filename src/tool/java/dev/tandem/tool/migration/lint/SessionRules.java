package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a script does to the session in which Flyway runs it. */
final class SessionRules {

    private static final List<String> TRANSACTION = List.of(
            "begin", "start transaction", "commit", "rollback", "end", "abort", "savepoint", "prepare transaction");

    private static final Set<String> OF_THE_TRANSACTION = Set.of("local", "constraints", "transaction");

    private SessionRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "transaction-nesting",
                        "Flyway runs a script in a transaction; ending it halfway leaves half a migration behind when the rest fails.",
                        "two scripts; or, for rows in portions, DO blocks that COMMIT and a VACUUM, which has Flyway open"
                                + " no transaction.",
                        script -> script.statements().stream()
                                .filter(statement -> TRANSACTION.stream().anyMatch(statement::starts)
                                        || !script.outsideTransaction() && Script.commits(statement))),
                new Rule(
                        "leaking-setting",
                        "Flyway runs the next scripts in the same session, so they inherit the setting.",
                        "SET LOCAL, or RESET at the script's end where there is no transaction.",
                        SessionRules::leaks));
    }

    private static Stream<Phrase> leaks(Script script) {
        return script.starting("set")
                .filter(statement -> statement.tokens().size() > 1)
                .filter(statement ->
                        !OF_THE_TRANSACTION.contains(statement.tokens().get(1).text()))
                .filter(statement ->
                        script.starting("reset " + setting(statement)).findAny().isEmpty());
    }

    private static String setting(Phrase statement) {
        return statement.without("set").without("session").name();
    }
}
