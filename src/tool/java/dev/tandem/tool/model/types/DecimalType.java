package dev.tandem.tool.model.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A decimal number, stored exactly.
 *
 * @param digits altogether; so few that a double, as which JSON is often read, has them all
 * @param scale how many of them are behind the point
 */
public record DecimalType(int digits, int scale) implements FieldType {

    public static final int MOST_DIGITS = 15;

    private static final int FEWEST_UNIQUE = 5;

    @Override
    public String text() {
        return "decimal:" + digits + "," + scale;
    }

    @Override
    public String domain(Field field) {
        return "BigDecimal";
    }

    @Override
    public String draft() {
        return "BigDecimal";
    }

    @Override
    public String column() {
        return "precision = " + digits + ", scale = " + scale;
    }

    @Override
    public boolean canBeUnique() {
        return digits >= FEWEST_UNIQUE;
    }

    @Override
    public String read(Field field) {
        return "BigDecimal %1$s = draft.%1$s() == null ? null : Values.decimal(draft.%1$s(), %2$d, %3$d);"
                .formatted(field.name(), digits, scale);
    }

    @Override
    public List<String> rules(Field field) {
        return List.of(parsed(field));
    }

    /** That a text or number which was given could be read. */
    static String parsed(Field field) {
        return FieldType.require(
                field,
                field.required()
                        ? field.name() + " != null"
                        : "draft.%1$s() == null || %1$s != null".formatted(field.name()));
    }

    @Override
    public String fromJson(String value) {
        return "Values.decimal(" + value + ")";
    }

    @Override
    public String sentence(Field field) {
        return "A number of up to " + (digits - scale) + " digits before the point and " + scale + " behind it";
    }

    @Override
    public String example(Field field) {
        return largest()
                .movePointLeft(1)
                .setScale(scale, RoundingMode.DOWN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private BigDecimal largest() {
        return new BigDecimal("9".repeat(digits)).movePointLeft(scale);
    }

    private BigDecimal smallest() {
        return BigDecimal.ONE.movePointLeft(scale);
    }

    @Override
    public String sample(Field field) {
        return "decimal(number, " + digits + ", " + scale + ")";
    }

    @Override
    public String other(Field field) {
        return "decimal(number + 1, " + digits + ", " + scale + ")";
    }

    @Override
    public List<String> kept(Field field) {
        return List.of(decimal(largest()), decimal(largest().negate()), decimal(smallest()));
    }

    @Override
    public List<Broken> broken(Field field) {
        return List.of(
                new Broken(decimal(largest().add(smallest())), "/" + field.name(), field.code()),
                new Broken(decimal(smallest().movePointLeft(1)), "/" + field.name(), field.code()),
                new Broken("new BigDecimal(\"1e99\")", "/" + field.name(), field.code()));
    }

    private static String decimal(BigDecimal value) {
        return "new BigDecimal(\"" + value.toPlainString() + "\")";
    }

    @Override
    public List<String> unreadable() {
        return List.of("\"1\"", "true");
    }
}
