package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.stream.Stream;

/** Statements that wait for a lock, so that everybody behind them waits too. */
final class LockRules {

    private static final String NAME = "lock_timeout";

    private LockRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "require-lock-timeout",
                        "A statement that waits for a lock makes everything behind it wait as well, for as long as the"
                                + " oldest transaction lasts.",
                        "begin the script with \"set local lock_timeout = '5s';\", so that it fails and can be"
                                + " repeated.",
                        script -> withoutTimeout(script).stream()),
                new Rule(
                        "require-concurrent-index-creation",
                        "CREATE INDEX blocks every write to the table until the index is built.",
                        "CREATE INDEX CONCURRENTLY, in a script of its own.",
                        script -> script.statements().stream()
                                .filter(statement -> Script.createsIndex(statement) && !Script.concurrent(statement))
                                .filter(statement -> script.existed(indexedTable(statement)))),
                new Rule(
                        "require-concurrent-index-deletion",
                        "DROP INDEX waits for all readers and writers of the table, and blocks those that come after.",
                        "DROP INDEX CONCURRENTLY, in a script of its own.",
                        script -> droppedIndexes(script).filter(statement -> !Script.concurrent(statement))),
                new Rule(
                        "require-concurrent-reindex",
                        "REINDEX blocks every write to the table, and reads that would use the index.",
                        "REINDEX CONCURRENTLY, in a script of its own.",
                        script -> script.starting("reindex").filter(statement -> !Script.concurrent(statement))),
                new Rule(
                        "ban-concurrent-index-creation-in-transaction",
                        "CONCURRENTLY and VACUUM can't run in a transaction, so Flyway gives none to a script that has"
                                + " them, and what else is in it stays when the rest fails.",
                        "a script that has nothing else, except for blocks (DO, CALL) that commit what they have done.",
                        LockRules::mixed));
    }

    private static List<Phrase> withoutTimeout(Script script) {
        if (script.outsideTransaction()) {
            // CONCURRENTLY waits for old transactions without blocking others; a timeout would leave an invalid
            // index.
            return List.of();
        }
        for (Phrase statement : script.statements()) {
            if (setsTimeout(statement)) {
                return List.of();
            }
            if (locks(script, statement)) {
                return List.of(statement);
            }
        }
        return List.of();
    }

    private static boolean setsTimeout(Phrase statement) {
        return statement.without("set").without("local").without("session").starts(NAME)
                || statement.starts("select set_config")
                        && statement.tokens().stream()
                                .anyMatch(token -> token.text().equals("'" + NAME + "'"));
    }

    private static boolean locks(Script script, Phrase statement) {
        if (statement.starts("alter table")
                || statement.starts("drop table")
                || statement.starts("truncate")
                || statement.starts("lock")) {
            return script.existed(Script.table(statement.has("table") ? statement : new Phrase(tableless(statement))));
        }
        if (Script.createsIndex(statement)) {
            return script.existed(indexedTable(statement));
        }
        if (Script.createsTable(statement)) {
            return statement.has("references")
                    && script.existed(statement.after("references").name());
        }
        return statement.starts("drop index") || statement.starts("create trigger");
    }

    /** The word TABLE is optional in TRUNCATE and LOCK. */
    private static List<Token> tableless(Phrase statement) {
        return Stream.concat(
                        Stream.of(Token.word("table", statement.line())),
                        statement.tokens().stream().skip(1))
                .toList();
    }

    private static String indexedTable(Phrase statement) {
        return statement.after("on").without("only").name();
    }

    private static Stream<Phrase> droppedIndexes(Script script) {
        return script.starting("drop index").filter(statement -> {
            Phrase names = statement.after("index").without("concurrently").without("if exists");
            return names.parts().stream().anyMatch(name -> script.indexExisted(name.name()));
        });
    }

    private static Stream<Phrase> mixed(Script script) {
        boolean alone = script.statements().stream()
                .allMatch(statement -> Script.outsideTransaction(statement) || mayCommit(statement));
        return alone ? Stream.empty() : script.statements().stream().filter(Script::outsideTransaction);
    }

    /** Blocks that may have several transactions, and settings, which need none. */
    private static boolean mayCommit(Phrase statement) {
        return Script.commits(statement) || Stream.of("call", "set", "reset").anyMatch(statement::starts);
    }
}
