package dev.tandem.tool.migration.script;

import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import dev.tandem.tool.migration.schema.ScratchDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What rows get in a column that has become NOT NULL: what somebody has said, else the default, else the type's empty value. */
public final class Backfills {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'|(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.])");

    private final ScratchDatabase model;
    private final Catalog to;
    private final Map<String, String> said;
    private final Map<String, String> guessed = new LinkedHashMap<>();

    /** @param model the schema that the column is in, NOT NULL and all */
    public Backfills(ScratchDatabase model, Map<String, String> said) {
        this.model = model;
        this.to = Catalog.of(model);
        this.said = said;
    }

    /** The statement for existing rows. */
    String of(String table, String name) {
        return of(table, List.of(name), List.of(name));
    }

    /**
     * The statement that fills several columns at once.
     *
     * @param added those that are empty wherever one of the columns is; the others keep what they have
     */
    String of(String table, List<String> names, List<String> added) {
        int guesses = guessed.size();
        List<String> assignments = new ArrayList<>();
        for (String name : names) {
            String value = value(table, name);
            boolean overwrites = names.size() == 1 || added.contains(name);
            assignments.add(name + " = " + (overwrites ? value : "coalesce(" + name + ", " + value + ")"));
        }
        String remark =
                guessed.size() > guesses ? "-- BACKFILL, a guess: say what rows that exist already shall have\n" : "";
        return remark + "UPDATE " + table + " SET " + String.join(", ", assignments) + " WHERE "
                + String.join(
                        " OR ", names.stream().map(name -> name + " IS NULL").toList());
    }

    private String value(String table, String name) {
        String path = table + "." + name;
        String value = said.get(path);
        if (value == null) {
            value = to.column(table, name)
                    .map(Column::defaultTo)
                    .filter(text -> !text.isEmpty())
                    .orElse(null);
        }
        if (value == null) {
            value = to.column(table, name).map(this::fitting).orElse("NULL");
            guessed.put(path, value);
        }
        return value;
    }

    /** The values that nobody has decided on, by {@code table.column}. */
    public Map<String, String> guessed() {
        return guessed;
    }

    /** The guess, or what a check on the column names, if only that satisfies it. */
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

    /** A check that is about other columns too can't be asked, and stands in nobody's way. */
    private boolean satisfies(Column column, String value, String check) {
        String row = "(select (" + value + ")::" + column.type() + " as " + column.name() + ") one";
        String question = "select coalesce(" + check + ", true) from " + row;
        return !model.tried(question) || model.rows(question).get(0).get(0).equals("t");
    }

    private String guess(Column column) {
        Optional<Catalog.Constraint> key = to.constraints().stream()
                .filter(constraint ->
                        constraint.type() == 'f' && constraint.table().equals(column.table()))
                .filter(constraint -> constraint.definition().startsWith("FOREIGN KEY (" + column.name() + ")"))
                .findFirst();
        if (key.isPresent()) {
            String target = key.get()
                    .definition()
                    .replaceFirst(".* REFERENCES ([^(]+)\\(([^)]+)\\).*", "SELECT min($2) FROM $1");
            return "(" + target.replaceFirst("min\\((.*)\\) FROM (.*)", "$1 FROM $2 ORDER BY $1 LIMIT 1") + ")";
        }
        List<String> values = to.enums().get(column.type());
        if (values != null) {
            return "'" + values.get(0).replace("'", "''") + "'";
        }
        return empty(column.type());
    }

    private static String empty(String type) {
        if (type.endsWith("[]")) {
            return "'{}'";
        }
        return switch (type.replaceFirst("[( ].*", "")) {
            case "smallint", "integer", "bigint", "numeric", "real", "double" -> "0";
            case "boolean" -> "false";
            case "timestamp", "date", "time" -> "now()";
            case "uuid" -> "gen_random_uuid()";
            case "json", "jsonb" -> "'{}'";
            case "interval" -> "'0'";
            default -> "''";
        };
    }
}
