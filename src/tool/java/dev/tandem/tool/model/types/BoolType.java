package dev.tandem.tool.model.types;

import java.util.List;

/** True or false. */
public record BoolType() implements FieldType {

    @Override
    public String text() {
        return "bool";
    }

    @Override
    public String domain(Field field) {
        return field.required() ? "boolean" : "Boolean";
    }

    @Override
    public String draft() {
        return "Boolean";
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public String read(Field field) {
        return "Boolean %1$s = draft.%1$s();".formatted(field.name());
    }

    @Override
    public List<String> rules(Field field) {
        return field.required() ? List.of(FieldType.require(field, field.name() + " != null")) : List.of();
    }

    @Override
    public String sentence(Field field) {
        return "True or false";
    }

    @Override
    public String example(Field field) {
        return "true";
    }

    @Override
    public String sample(Field field) {
        return "number % 2 == 0";
    }

    @Override
    public String other(Field field) {
        return "number % 2 != 0";
    }

    @Override
    public List<String> kept(Field field) {
        return List.of("true", "false");
    }

    @Override
    public List<Broken> broken(Field field) {
        return List.of();
    }

    @Override
    public List<String> unreadable() {
        return List.of("\"true\"", "1");
    }
}
