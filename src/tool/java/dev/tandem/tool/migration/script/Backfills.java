package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.MigrationRefusal;
import dev.tandem.tool.migration.diff.SpokenNames;
import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import dev.tandem.tool.migration.schema.SettledSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values for existing rows of a column that becomes NOT NULL: what the user has given, else the default, else the type's empty value.
 */
public final class Backfills {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'|(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.])");

    private static final String GUESS = "-- BACKFILL, a guess: say what rows that exist already shall have\n";

    private static final Pattern FOREIGN_KEY =
            Pattern.compile("FOREIGN KEY \\(([^)]+)\\) REFERENCES ([^(]+)\\(([^)]+)\\).*");

    private final ScratchDatabase model;
    private final Catalog to;
    private final Map<String, String> said = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, String> guessed = new LinkedHashMap<>();

    /** @param model the schema with the column in its final form, NOT NULL included */
    public Backfills(SettledSchema model, Map<String, String> said) {
        this.model = model.database();
        this.to = model.catalog();
        said.forEach((path, value) -> this.said.put(SpokenNames.bare(path), value));
    }

    /** The statement for existing rows, all at once. */
    String of(String table, String name) {
        int guesses = guessed.size();
        String update = update(table, List.of(name), List.of(name));
        return (guessed.size() > guesses ? GUESS : "") + update;
    }

    /**
     * The statement that fills several columns at once, and the rows in portions.
     *
     * @param added columns that are empty wherever one of the columns is; the others keep their values
     */
    public String inPortions(String table, List<String> names, List<String> added) {
        int guesses = guessed.size();
        String update = update(table, names, added);
        return (guessed.size() > guesses ? GUESS : "") + inPortions(table, update);
    }

    /** The statement that makes a change to the rows of a table in portions. */
    String inPortions(String table, String update) {
        return new Portions(model, to).of(table, update);
    }

    /** The statement that follows when the rows of a table have been changed in portions. */
    public String afterwards(String table) {
        return new Portions(model, to).afterwards(table);
    }

    private String update(String table, List<String> names, List<String> added) {
        List<String> assignments = new ArrayList<>();
        for (String name : names) {
            String value = value(table, name);
            boolean overwrites = names.size() == 1 || added.contains(name);
            assignments.add(name + " = " + (overwrites ? value : "coalesce(" + name + ", " + value + ")"));
        }
        String empty = String.join(
                " OR ", names.stream().map(name -> name + " IS NULL").toList());
        return "UPDATE " + table + " SET " + String.join(", ", assignments) + " WHERE "
                + (names.size() == 1 ? empty : "(" + empty + ")");
    }

    private String value(String table, String name) {
        String path = table + "." + name;
        String value = said.get(SpokenNames.bare(path));
        used.add(SpokenNames.bare(path));
        if (value == null) {
            value = to.column(table, name)
                    .map(Column::defaultTo)
                    .filter(text -> !text.isEmpty())
                    .orElse(null);
        }
        if (value == null) {
            value = to.column(table, name).map(this::guessed).orElse("NULL");
            guessed.put(path, value);
        }
        return value;
    }

    /** Given values for columns that need none; most likely they were misspelt. */
    public List<String> needless() {
        return said.keySet().stream().filter(path -> !used.contains(path)).toList();
    }

    /** The values that nobody has given, by {@code table.column}. */
    public Map<String, String> guessed() {
        return guessed;
    }

    /** @throws MigrationRefusal if the type is unknown */
    private String guessed(Column column) {
        String guess = fitting(column);
        if (!model.tried("select (" + guess + ")::" + column.type())) {
            throw new MigrationRefusal(
                    "What shall rows that exist already have? Say --backfill " + column.path() + "=..");
        }
        return guess;
    }

    /** The guess; or, if only that satisfies a check on the column, a value that the check names. */
    private String fitting(Column column) {
        String guess = guess(column);
        List<String> checks = to.constraints().stream()
                .filter(constraint ->
                        constraint.type() == 'c' && constraint.table().equals(column.table()))
                .map(constraint ->
                        constraint.definition().replaceFirst("^CHECK ", "").replaceFirst(" NOT VALID$", ""))
                .filter(check -> check.contains(column.name()))
                .toList();
        return Stream.concat(Stream.of(guess), checks.stream().flatMap(Backfills::candidates))
                .filter(value -> checks.stream().allMatch(check -> satisfies(column, value, check)))
                .findFirst()
                .orElse(guess);
    }

    private static Stream<String> candidates(String check) {
        return LITERAL.matcher(check)
                .results()
                .map(MatchResult::group)
                .flatMap(literal -> literal.startsWith("'")
                        ? Stream.of(literal)
                        : Stream.of(literal, literal + " + 1", literal + " - 1"));
    }

    /** A check that also concerns other columns cannot be evaluated here, and is ignored. */
    private boolean satisfies(Column column, String value, String check) {
        String row = "(select (" + value + ")::" + column.type() + " as " + column.name() + ") one";
        String question = "select coalesce(" + check + ", true) from " + row;
        return !model.tried(question) || model.rows(question).get(0).get(0).equals("t");
    }

    private String guess(Column column) {
        Optional<String> referred = to.constraints().stream()
                .filter(constraint ->
                        constraint.type() == 'f' && constraint.table().equals(column.table()))
                .flatMap(constraint -> referred(column, constraint).stream())
                .findFirst();
        if (referred.isPresent()) {
            return referred.get();
        }
        List<String> values = to.enums().get(column.type());
        if (values != null) {
            return "'" + values.get(0).replace("'", "''") + "'";
        }
        return empty(column.type());
    }

    /** The value in the first target row of a foreign key: the same row for all columns of the key. */
    private static Optional<String> referred(Column column, Catalog.Constraint key) {
        Matcher form = FOREIGN_KEY.matcher(key.definition());
        if (!form.matches()) {
            return Optional.empty();
        }
        int place = List.of(form.group(1).split(", ")).indexOf(column.name());
        String[] targets = form.group(3).split(", ");
        return place < 0
                ? Optional.empty()
                : Optional.of("(SELECT " + targets[place] + " FROM " + form.group(2) + " ORDER BY " + form.group(3)
                        + " LIMIT 1)");
    }

    private static String empty(String type) {
        if (type.endsWith("[]")) {
            return "'{}'";
        }
        return switch (type.replaceFirst("[( ].*", "")) {
            case "smallint", "integer", "bigint", "numeric", "real", "double", "money" -> "0";
            case "boolean" -> "false";
            case "timestamp", "date", "time" -> "now()";
            case "uuid" -> "gen_random_uuid()";
            case "json", "jsonb" -> "'{}'";
            case "interval", "xid8" -> "'0'";
            case "inet", "cidr" -> "'0.0.0.0'";
            case "macaddr" -> "'00:00:00:00:00:00'";
            case "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange" -> "'empty'";
            default -> "''";
        };
    }
}
