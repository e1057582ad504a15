package dev.tandem.tool.model.types;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole number.
 *
 * @param isLong whether it has 64 bits, and not 32
 */
public record WholeType(boolean isLong, long least, long most) implements FieldType {

    private static final double FEWEST_UNIQUE = 10_000;

    @Override
    public String text() {
        return (isLong ? "long:" : "int:") + least + ".." + most;
    }

    @Override
    public String domain(Field field) {
        if (field.required()) {
            return isLong ? "long" : "int";
        }
        return draft();
    }

    @Override
    public String draft() {
        return isLong ? "Long" : "Integer";
    }

    @Override
    public boolean canBeUnique() {
        return (double) most - least >= FEWEST_UNIQUE;
    }

    @Override
    public String read(Field field) {
        return "%s %s = draft.%s();".formatted(draft(), field.name(), field.name());
    }

    @Override
    public List<String> rules(Field field) {
        List<String> bounds = new ArrayList<>();
        if (least > smallest()) {
            bounds.add(field.name() + " >= " + literal(least));
        }
        if (most < greatest()) {
            bounds.add(field.name() + " <= " + literal(most));
        }
        if (bounds.isEmpty()) {
            return field.required() ? List.of(FieldType.require(field, field.name() + " != null")) : List.of();
        }
        String within = String.join(" && ", bounds);
        boolean grouped = bounds.size() > 1 && !field.required();
        return List.of(FieldType.require(field, FieldType.orMissing(field, grouped ? "(" + within + ")" : within)));
    }

    private long smallest() {
        return isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
    }

    private long greatest() {
        return isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
    }

    private String literal(long value) {
        return value + (isLong ? "L" : "");
    }

    /** A patch has the smallest type that a number fits into. */
    @Override
    public String fromJson(String value) {
        return isLong ? value + " instanceof Number number ? (Long) number.longValue() : null" : "(Integer) " + value;
    }

    @Override
    public String sentence(Field field) {
        return "A whole number from " + least + " to " + most;
    }

    @Override
    public String schema(Field field) {
        return isLong && (least == smallest() || most == greatest())
                ? ""
                : "minimum = \"" + least + "\", maximum = \"" + most + "\"";
    }

    @Override
    public String example(Field field) {
        return Long.toString(Math.max(least, Math.min(most, 3)));
    }

    @Override
    public String sample(Field field) {
        return field.unique() ? whole("number") : kept(least);
    }

    @Override
    public String other(Field field) {
        return field.unique() ? whole("number + 1") : kept(most);
    }

    private String whole(String number) {
        return (isLong ? "whole(" : "(int) whole(") + number + ", " + least + "L, " + most + "L)";
    }

    @Override
    public List<String> kept(Field field) {
        return least == most ? List.of(kept(least)) : List.of(kept(least), kept(most));
    }

    private String kept(long value) {
        if (value == Long.MIN_VALUE) {
            return "Long.MIN_VALUE";
        }
        return value == Integer.MIN_VALUE && !isLong ? "Integer.MIN_VALUE" : literal(value);
    }

    @Override
    public List<Broken> broken(Field field) {
        List<Broken> broken = new ArrayList<>();
        if (least > smallest()) {
            broken.add(new Broken(kept(least - 1), "/" + field.name(), field.code()));
        }
        if (most < greatest()) {
            broken.add(new Broken(kept(most + 1), "/" + field.name(), field.code()));
        }
        return broken;
    }

    @Override
    public List<String> unreadable() {
        return List.of("\"1\"", "1.5", "true");
    }
}
