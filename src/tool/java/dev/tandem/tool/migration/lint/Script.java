package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script as the rules see it. A change of a table that the script itself creates is harmless, so the rules ask only for changes of other
 * tables.
 */
final class Script {

    /** One clause of an ALTER TABLE. */
    record Alteration(String table, Phrase clause) {}

    /** A column that is declared: in CREATE TABLE, ADD COLUMN, or with a new type. */
    record Column(String name, Phrase definition) {}

    /** Has rows of its own like a table, and indexes on them. */
    private static final String MATERIALIZED_VIEW = "create materialized view";

    private static final Pattern COMMIT = Pattern.compile("\\bcommit\\s*;", Pattern.CASE_INSENSITIVE);

    private final List<Phrase> statements;
    private final Set<String> createdTables;
    private final Set<String> createdIndexes;

    Script(List<Phrase> statements) {
        this.statements = statements;
        createdTables = Stream.concat(
                        statements.stream()
                                .filter(Script::createsTable)
                                .filter(statement -> !statement.has("if not exists"))
                                .map(Script::table),
                        statements.stream()
                                .filter(statement -> statement.starts(MATERIALIZED_VIEW))
                                .map(statement ->
                                        statement.without(MATERIALIZED_VIEW).name()))
                .collect(Collectors.toUnmodifiableSet());
        createdIndexes = statements.stream()
                .filter(Script::createsIndex)
                .map(statement -> indexName(statement).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    List<Phrase> statements() {
        return statements;
    }

    /** Whether Flyway runs it outside a transaction, because something in it cannot run in one. */
    boolean outsideTransaction() {
        return statements.stream().anyMatch(Script::outsideTransaction);
    }

    Stream<Phrase> starting(String words) {
        return statements.stream().filter(statement -> statement.starts(words));
    }

    /** Whether a table existed before this script. */
    boolean existed(String table) {
        return !createdTables.contains(table);
    }

    boolean indexExisted(String index) {
        return !createdIndexes.contains(index);
    }

    /** The changes of tables that existed before. */
    Stream<Alteration> alterations() {
        return allAlterations().filter(alteration -> existed(alteration.table()));
    }

    /** The clauses of {@link #alterations} that start with these words. */
    Stream<Phrase> altering(String words) {
        return alterations().map(Alteration::clause).filter(clause -> clause.starts(words));
    }

    /** Columns that are added to tables that existed before. */
    Stream<Column> addedColumns() {
        return alterations().map(Alteration::clause).filter(Script::addsColumn).map(Script::added);
    }

    /** Constraints that are added to tables that existed before; each phrase starts with the kind of constraint. */
    Stream<Phrase> addedConstraints() {
        return alterations()
                .map(Alteration::clause)
                .filter(clause -> clause.starts("add") && !addsColumn(clause))
                .map(clause -> clause.without("add"))
                .map(clause -> clause.starts("constraint")
                        ? clause.without("constraint").afterName()
                        : clause);
    }

    /** Every column that is declared, in any table. */
    Stream<Column> declaredColumns() {
        Stream<Column> created = statements.stream()
                .filter(Script::createsTable)
                .flatMap(statement -> statement.inParentheses().parts().stream())
                .filter(Predicate.not(Script::isConstraint))
                .map(part -> new Column(part.name(), part.afterName()));
        Stream<Column> added = allAlterations()
                .map(Alteration::clause)
                .filter(Script::addsColumn)
                .map(Script::added);
        Stream<Column> retyped = allAlterations()
                .map(Alteration::clause)
                .filter(Script::changesType)
                .map(clause ->
                        new Column(clause.without("alter").without("column").name(), clause.after("type")));
        return Stream.of(created, added, retyped).flatMap(columns -> columns);
    }

    static boolean outsideTransaction(Phrase statement) {
        return concurrent(statement) || statement.starts("vacuum");
    }

    /** Whether it is a block of several transactions. In a transaction, PostgreSQL refuses it. */
    static boolean commits(Phrase statement) {
        return statement.starts("do")
                && statement.tokens().stream()
                        .anyMatch(token -> token.kind() == Token.Kind.TEXT
                                && COMMIT.matcher(token.text()).find());
    }

    static boolean concurrent(Phrase statement) {
        return createsIndex(statement) && statement.before("on").has("concurrently")
                || statement.starts("drop index concurrently")
                || statement.starts("reindex") && statement.has("concurrently");
    }

    static boolean changesType(Phrase clause) {
        Phrase change = clause.without("alter").without("column").afterName();
        return clause.starts("alter") && (change.starts("type") || change.starts("set data type"));
    }

    static boolean createsTable(Phrase statement) {
        return Stream.of("create table", "create unlogged table", "create temp table", "create temporary table")
                .anyMatch(statement::starts);
    }

    static boolean createsIndex(Phrase statement) {
        return statement.starts("create index") || statement.starts("create unique index");
    }

    /** What follows CREATE INDEX and its options: the name, or ON if there is no name. */
    static Phrase indexName(Phrase statement) {
        return statement.after("index").without("concurrently").without("if not exists");
    }

    static String table(Phrase statement) {
        return statement
                .after("table")
                .without("if not exists")
                .without("if exists")
                .without("only")
                .name();
    }

    private Stream<Alteration> allAlterations() {
        return starting("alter table").flatMap(statement -> {
            Phrase actions = statement
                    .after("table")
                    .without("if exists")
                    .without("only")
                    .afterName();
            return actions.parts().stream().map(clause -> new Alteration(table(statement), clause));
        });
    }

    private static boolean addsColumn(Phrase clause) {
        return clause.starts("add column") || clause.starts("add") && !isConstraint(clause.without("add"));
    }

    private static Column added(Phrase clause) {
        Phrase column = clause.without("add").without("column").without("if not exists");
        return new Column(column.name(), column.afterName());
    }

    private static boolean isConstraint(Phrase part) {
        return Stream.of("constraint", "primary key", "unique", "check", "foreign key", "exclude", "like")
                .anyMatch(part::starts);
    }
}
