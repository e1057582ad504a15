package dev.tandem.tool.model.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One of some words, which are the constants of an enumeration. */
public record EnumType(List<String> words) implements FieldType {

    public static final int LONGEST_WORD = 32;

    @Override
    public String text() {
        return "enum:" + String.join(",", words);
    }

    /** The constants of the enumeration. */
    public List<String> constants() {
        return words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    }

    @Override
    public String domain(Field field) {
        return field.className();
    }

    @Override
    public String row(Field field) {
        return "String";
    }

    @Override
    public String view(Field field) {
        return "String";
    }

    @Override
    public String column() {
        return "length = " + LONGEST_WORD;
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public String read(Field field) {
        return "%1$s %2$s = draft.%2$s() == null ? null : Choice.of(%1$s.class, draft.%2$s(), %1$s.%3$s, \"/%2$s\", violations);"
                .formatted(field.className(), field.name(), constants().getFirst());
    }

    @Override
    public List<String> rules(Field field) {
        return field.required() ? List.of(FieldType.require(field, field.name() + " != null")) : List.of();
    }

    @Override
    public String toRow(Field field, String value) {
        return value + ".name()";
    }

    @Override
    public String toDomain(Field field, String value) {
        return field.className() + ".valueOf(" + value + ")";
    }

    @Override
    public String toView(Field field, String value) {
        return "Choice.word(" + value + ")";
    }

    @Override
    public String sentence(Field field) {
        return "One of the words " + String.join(", ", words);
    }

    @Override
    public String schema(Field field) {
        return "implementation = " + field.className() + ".class";
    }

    @Override
    public String viewSchema(Field field) {
        return schema(field);
    }

    @Override
    public String example(Field field) {
        return "\"" + words.getFirst() + "\"";
    }

    @Override
    public String sample(Field field) {
        return "\"" + words.getFirst() + "\"";
    }

    @Override
    public String other(Field field) {
        return "\"" + words.getLast() + "\"";
    }

    @Override
    public List<String> kept(Field field) {
        return words.stream().map(word -> "\"" + word + "\"").toList();
    }

    @Override
    public List<Broken> broken(Field field) {
        List<Broken> broken = new ArrayList<>();
        for (String word : List.of("no-such-word", "", words.getFirst().toUpperCase(Locale.ROOT))) {
            broken.add(new Broken("\"" + word + "\"", "/" + field.name(), "choice.unknown"));
        }
        return broken;
    }

    @Override
    public List<String> unreadable() {
        return List.of("1", "true");
    }
}
