package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.Catalog.Constraint;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/** One row for one table. */
final class SeedRow {

    private static final String CHECK_VIOLATION = "23514";
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'|(?<![\\w.])(\\d+(?:\\.\\d+)?)(?![\\w.])");
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("FOREIGN KEY \\(([^)]+)\\) REFERENCES ([^(]+)\\(([^)]+)\\).*");

    private final ScratchDatabase database;
    private final Catalog catalog;
    private final String table;
    private final Map<String, String> values = new LinkedHashMap<>();

    SeedRow(ScratchDatabase database, Catalog catalog, Catalog target, String table) {
        this.database = database;
        this.catalog = catalog;
        this.table = table;
        for (Column column : SeedRows.columns(catalog, table)) {
            if (column.defaultTo().isEmpty()) {
                SeedValue.of(column, catalog, target).ifPresent(value -> values.put(column.name(), value));
            }
        }
        catalog.constraints().stream()
                .filter(constraint ->
                        constraint.type() == 'f' && constraint.table().equals(table))
                .forEach(this::refer);
    }

    /** Inserts the row; answers the reason if that fails. */
    Optional<String> plant() {
        SQLException failure = insert();
        if (failure != null && CHECK_VIOLATION.equals(failure.getSQLState())) {
            failure = satisfy(failure);
        }
        return Optional.ofNullable(failure)
                .map(SQLException::getMessage)
                .map(message -> message.replaceAll("\\s+", " "));
    }

    /** Tries values that the violated check itself names, until no check is violated. */
    private SQLException satisfy(SQLException violation) {
        Constraint check = violated(violation).orElse(null);
        if (check == null) {
            return violation;
        }
        SQLException last = violation;
        for (Column column : concerned(check)) {
            String before = values.get(column.name());
            for (String candidate : candidates(check)) {
                values.put(column.name(), candidate);
                last = insert();
                if (last == null) {
                    return null;
                }
                Optional<Constraint> other = violated(last).filter(found -> !found.equals(check));
                if (other.isPresent()) {
                    return satisfy(last);
                }
            }
            values.put(column.name(), before);
        }
        return last;
    }

    private Optional<Constraint> violated(SQLException failure) {
        return failure instanceof PSQLException refused && refused.getServerErrorMessage() != null
                ? Optional.ofNullable(refused.getServerErrorMessage().getConstraint())
                        .flatMap(name -> catalog.constraint(table, name))
                : Optional.empty();
    }

    private List<Column> concerned(Constraint check) {
        return SeedRows.columns(catalog, table).stream()
                .filter(column -> Pattern.compile("(?<!\\w)" + Pattern.quote(column.name()) + "(?!\\w)")
                        .matcher(check.definition())
                        .find())
                .toList();
    }

    private static List<String> candidates(Constraint check) {
        List<String> candidates = new ArrayList<>();
        Matcher literal = LITERAL.matcher(check.definition());
        while (literal.find()) {
            if (literal.group(1) != null) {
                candidates.add("'" + literal.group(1) + "'");
            } else {
                Stream.of("", " + 1", " - 1")
                        .map(step -> literal.group(2) + step)
                        .forEach(candidates::add);
            }
        }
        return candidates;
    }

    private void refer(Constraint key) {
        Matcher form = FOREIGN_KEY.matcher(key.definition());
        if (!form.matches()) {
            return;
        }
        String[] columns = form.group(1).split(", ");
        String[] referenced = form.group(3).split(", ");
        for (int i = 0; i < columns.length; i++) {
            values.put(columns[i], "(select " + referenced[i] + " from " + form.group(2) + " limit 1)");
        }
    }

    private SQLException insert() {
        String sql = values.isEmpty()
                ? "insert into " + table + " default values"
                : "insert into " + table + " (" + String.join(", ", values.keySet()) + ") values ("
                        + String.join(", ", values.values()) + ")";
        try {
            database.run(sql);
            return null;
        } catch (SQLException e) {
            return e;
        }
    }
}
