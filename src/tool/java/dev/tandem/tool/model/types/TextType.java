package dev.tandem.tool.model.types;

import java.util.List;

/** A text of any length that a request can have. */
public record TextType() implements FieldType {

    private static final StringType RULES = new StringType(0, 1_000_000);

    @Override
    public String text() {
        return "text";
    }

    @Override
    public String domain(Field field) {
        return "String";
    }

    @Override
    public String column() {
        return "columnDefinition = \"text\"";
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public String read(Field field) {
        return RULES.read(field);
    }

    @Override
    public List<String> rules(Field field) {
        return RULES.rules(field);
    }

    @Override
    public String sentence(Field field) {
        return RULES.sentence(field);
    }

    @Override
    public String schema(Field field) {
        return RULES.schema(field);
    }

    @Override
    public String example(Field field) {
        return RULES.example(field);
    }

    @Override
    public String sample(Field field) {
        return "text(number, 0, 1000)";
    }

    @Override
    public String other(Field field) {
        return "text(number + 1, 0, 1000)";
    }

    @Override
    public List<String> kept(Field field) {
        return RULES.kept(field);
    }

    @Override
    public List<Broken> broken(Field field) {
        return RULES.broken(field);
    }

    @Override
    public List<String> unreadable() {
        return RULES.unreadable();
    }
}
