package dev.tandem.database.filter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A condition on a row of {@code document}, for HQL and for SQL, or another expression in parentheses. Its text is made of constants and limits,
 * and every other value is a parameter.
 *
 * @param template has a question mark for each argument, and no others
 * @param arguments a {@link Column} or a value each
 */
public record SqlCondition(String template, List<Object> arguments) {

    public static final SqlCondition TRUE = of("true");
    static final SqlCondition FALSE = of("false");

    /**
     * A column of {@code document}.
     *
     * @param property its name in the entity
     * @param name its name in the table
     */
    public record Column(String property, String name) {}

    static SqlCondition of(String template, Object... arguments) {
        return new SqlCondition(template, List.of(arguments));
    }

    /** A condition whose first question mark stands for another expression, and not for an argument. */
    static SqlCondition on(SqlCondition expression, String template, Object... others) {
        return new SqlCondition(
                template.replaceFirst("[?]", Matcher.quoteReplacement(expression.template)),
                Stream.concat(expression.arguments.stream(), Arrays.stream(others))
                        .toList());
    }

    static SqlCondition all(List<SqlCondition> conditions) {
        return conditions.isEmpty() ? TRUE : joined(conditions, " and ");
    }

    static SqlCondition any(List<SqlCondition> conditions) {
        return conditions.isEmpty() ? FALSE : joined(conditions, " or ");
    }

    private static SqlCondition joined(List<SqlCondition> conditions, String operator) {
        return new SqlCondition(
                conditions.stream().map(SqlCondition::template).collect(Collectors.joining(operator, "(", ")")),
                conditions.stream()
                        .flatMap(condition -> condition.arguments.stream())
                        .toList());
    }

    /** The negation, which is unknown where this is. */
    SqlCondition negated() {
        return new SqlCondition("(not " + template + ")", arguments);
    }

    /** False where this is unknown. */
    SqlCondition decided() {
        return new SqlCondition("((" + template + ") is true)", arguments);
    }

    /** As a predicate of HQL on the entity. */
    public String hql() {
        StringBuilder hql = new StringBuilder("cast(sql('(");
        hql.append(template.replace("'", "''")).append(")'");
        for (int i = 0; i < arguments.size(); i++) {
            hql.append(", ").append(arguments.get(i) instanceof Column column ? column.property : ":" + name(i));
        }
        return hql.append(") as boolean) = true").toString();
    }

    /** As a predicate of SQL on the table, with named parameters. */
    public String sql() {
        return sql(argument -> ":" + name(argument));
    }

    /**
     * As a predicate of SQL on the table, with numbered parameters, for a client of PostgreSQL.
     *
     * @param first the number of the first parameter
     */
    public String sql(int first) {
        PrimitiveIterator.OfInt numbers =
                IntStream.iterate(first, number -> number + 1).iterator();
        return sql(argument -> "$" + numbers.nextInt());
    }

    private String sql(IntFunction<String> parameter) {
        StringBuilder sql = new StringBuilder("(");
        int next = 0;
        for (int i = 0; i < template.length(); i++) {
            char sign = template.charAt(i);
            if (sign == '?') {
                sql.append(arguments.get(next) instanceof Column column ? column.name : parameter.apply(next));
                next++;
            } else {
                sql.append(sign);
            }
        }
        return sql.append(')').toString();
    }

    /** The values of the numbered parameters, in order. */
    public List<Object> values() {
        return arguments.stream()
                .filter(argument -> !(argument instanceof Column))
                .toList();
    }

    /** The values of the parameters, by name. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (!(arguments.get(i) instanceof Column)) {
                parameters.put(name(i), arguments.get(i));
            }
        }
        return parameters;
    }

    private static String name(int argument) {
        return "filter" + argument;
    }
}
