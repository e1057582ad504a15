package dev.tandem.tool.model.types;

import java.util.ArrayList;
import java.util.List;

/** A row of the table of types. The texts are Java, unless they say that they are JSON or words. */
public interface FieldType {

    /** As it was written in the arguments. */
    String text();

    /** In the record. */
    String domain(Field field);

    /** In a request and a draft: as JSON has it. */
    default String draft() {
        return "String";
    }

    /** In the entity. */
    default String row(Field field) {
        return domain(field);
    }

    default String view(Field field) {
        return domain(field);
    }

    /** Further attributes of the column. */
    default String column() {
        return "";
    }

    /** What the column's name ends in. */
    default String columnEnding() {
        return "";
    }

    /** Whether the column is {@code jsonb}. */
    default boolean isJson() {
        return false;
    }

    /** Whether it is empty rather than null. */
    default boolean isContainer() {
        return false;
    }

    /** What a container is if nothing is said. */
    default String empty() {
        return "List.of()";
    }

    /** The same in JSON. */
    default String emptyInJson() {
        return empty();
    }

    /** Whether an index can tell all of its values apart, and there are enough of them. */
    default boolean canBeUnique() {
        return true;
    }

    /** Declares a local variable of the field's name. */
    String read(Field field);

    List<String> rules(Field field);

    /** The value that is given to the record, after the rules. */
    default String judged(Field field) {
        return field.required() && !isContainer() ? "requireNonNull(" + field.name() + ")" : field.name();
    }

    default String toRow(Field field, String value) {
        return value;
    }

    default String toDomain(Field field, String value) {
        return value;
    }

    default String toView(Field field, String value) {
        return value;
    }

    default String toJson(Field field, String value) {
        return toView(field, value);
    }

    /** From a value of a patch, whose type has been checked; null stays null. */
    default String fromJson(String value) {
        return "(" + draft() + ") " + value;
    }

    /** Words: what a value is, without a full stop. */
    String sentence(Field field);

    default String schema(Field field) {
        return "";
    }

    default String viewSchema(Field field) {
        return "";
    }

    /** JSON. */
    String example(Field field);

    String sample(Field field);

    String other(Field field);

    /** Values just within the rules. */
    List<String> kept(Field field);

    /** Values just outside of them, and others that the rules refuse. */
    List<Broken> broken(Field field);

    /** Values of other JSON types. */
    List<String> unreadable();

    /** What is broken, and null where a value is required. */
    default List<Broken> allBroken(Field field) {
        List<Broken> all = new ArrayList<>(broken(field));
        if (field.required()) {
            all.add(new Broken("null", "/" + field.name(), field.code()));
        }
        return all;
    }

    /** Java that requires a condition. */
    static String require(Field field, String condition) {
        return "violations.require(%s, \"/%s\", \"%s\", \"%s.\");"
                .formatted(condition, field.name(), field.code(), field.sentence());
    }

    /** A condition on a value that may be missing, unless it is required. */
    static String orMissing(Field field, String condition) {
        return field.required()
                ? field.name() + " != null && " + condition
                : "(" + field.name() + " == null || " + condition + ")";
    }
}
