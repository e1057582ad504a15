package dev.tandem.tool.migration.diff;

import dev.tandem.tool.migration.diff.Operation.Kind;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * New sequences that number rows which have been numbered otherwise so far, such as by an identity. A sequence starts at 1, and the first new
 * row would collide with an old one, so it goes on after the highest number. Hibernate counts a sequence that is incremented by more than
 * one in blocks that end at its value, so it goes on a whole block later.
 */
final class SequenceStarts {

    private static final Pattern START = Pattern.compile("START (?:WITH )?(-?\\d+)");
    private static final Pattern INCREMENT = Pattern.compile("INCREMENT (?:BY )?(-?\\d+)");

    private final Catalog from;
    private final Catalog to;

    SequenceStarts(Catalog from, Catalog to) {
        this.from = from;
        this.to = to;
    }

    /** What a new sequence has to be told; empty if it numbers no rows that exist. */
    Optional<Operation> of(Operation create) {
        List<Column> numbered = numbered(create.name());
        if (numbered.isEmpty()) {
            return Optional.empty();
        }
        long increment = number(INCREMENT, create.sql());
        String highest = String.join(
                ", ",
                numbered.stream()
                        .map(column ->
                                "(SELECT max(" + column.name() + ") + " + increment + " FROM " + column.table() + ")")
                        .toList());
        // Without rows, the highest number is unknown, and setval of null does nothing.
        String sql = "SELECT setval('" + create.name().replace("'", "''") + "', nullif(greatest("
                + number(START, create.sql()) + ", " + highest + "), " + number(START, create.sql()) + "), false)";
        return Optional.of(new Operation(Kind.ALTER_SEQUENCE, "", create.name(), sql));
    }

    /** The columns whose default names the sequence; else those that its name or their lost identity tells of. */
    private List<Column> numbered(String sequence) {
        List<Column> remaining = to.columns().stream()
                .filter(column -> from.column(column.table(), column.name()).isPresent())
                .filter(column -> List.of("smallint", "integer", "bigint").contains(column.type()))
                .toList();
        List<Column> told = remaining.stream()
                .filter(column -> column.defaultTo().startsWith("nextval('" + sequence + "'"))
                .toList();
        if (!told.isEmpty()) {
            return told;
        }
        List<Column> byHand = remaining.stream()
                .filter(column -> !column.identity() && column.defaultTo().isEmpty())
                .toList();
        List<Column> keys = byHand.stream()
                .filter(this::alone)
                .filter(column -> isFor(sequence, column.table()))
                .toList();
        return keys.isEmpty()
                ? byHand.stream()
                        .filter(column -> from.column(column.table(), column.name())
                                .filter(Column::identity)
                                .isPresent())
                        .toList()
                : keys;
    }

    /** Whether a column is a primary key by itself. */
    private boolean alone(Column column) {
        return to.constraints().stream()
                .anyMatch(constraint -> constraint.type() == 'p'
                        && constraint.table().equals(column.table())
                        && constraint.definition().equals("PRIMARY KEY (" + column.name() + ")"));
    }

    /** Hibernate names a sequence after the entity, whose name is often like the table's. */
    private static boolean isFor(String sequence, String table) {
        String name = plain(sequence).replaceFirst("(?:seq|sequence|generator)$", "");
        return name.equals(plain(table)) || name.equals(plain(table) + "entity") || name.equals(plain(table) + "id");
    }

    private static String plain(String name) {
        return name.replaceFirst("^.*\\.", "").replaceAll("[\"_]", "").toLowerCase(Locale.ROOT);
    }

    private static long number(Pattern pattern, String sql) {
        Matcher matcher = pattern.matcher(sql);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 1;
    }
}
