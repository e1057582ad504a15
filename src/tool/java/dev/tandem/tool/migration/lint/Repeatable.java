package dev.tandem.tool.migration.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Scripts that may run again after they have failed halfway: those that say so, and those that remove what the failed attempt has left, where
 * each index is built after DROP INDEX CONCURRENTLY IF EXISTS of its name, and nothing else is in them.
 */
public final class Repeatable {

    /** The line by which a script says it. The application knows it too. */
    public static final String MARK = "-- runs again after a failure";

    private static final String DROP = "drop index concurrently if exists";

    private Repeatable() {}

    public static boolean is(String sql) {
        if (sql.lines().anyMatch(MARK::equals)) {
            return true;
        }
        List<Phrase> statements = Statements.of(new Tokenizer(sql).tokens());
        Set<String> removed = new HashSet<>();
        for (Phrase statement : statements) {
            if (statement.starts(DROP)) {
                removed.add(unqualified(statement.without(DROP)));
            } else if (!repeatable(statement, removed)) {
                return false;
            }
        }
        return !statements.isEmpty();
    }

    /** The names of the indexes that a script builds or drops, without their schemas. */
    public static Set<String> indexes(String sql) {
        Set<String> names = new HashSet<>();
        for (Phrase statement : Statements.of(new Tokenizer(sql).tokens())) {
            if (Script.createsIndex(statement)) {
                names.add(unqualified(Script.indexName(statement)));
            } else if (statement.starts("drop index")) {
                names.add(unqualified(
                        statement.without("drop index").without("concurrently").without("if exists")));
            }
        }
        return names;
    }

    private static boolean repeatable(Phrase statement, Set<String> removed) {
        return Script.createsIndex(statement) && removed.contains(unqualified(Script.indexName(statement)))
                || statement.starts("reindex");
    }

    private static String unqualified(Phrase name) {
        String text = name.name();
        return text.substring(text.lastIndexOf('.') + 1);
    }
}
