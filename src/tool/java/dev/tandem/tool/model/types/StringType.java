package dev.tandem.tool.model.types;

import java.util.ArrayList;
import java.util.List;

/** A text of some length, in UTF-16 units. */
public record StringType(int shortest, int longest) implements FieldType {

    /** As many as an index can always tell apart: each may take three bytes. */
    public static final int LONGEST_UNIQUE = 800;

    public static final int LONGEST = 10_000;

    private static final int FEWEST_UNIQUE = 8;

    @Override
    public String text() {
        return "string:" + shortest + ".." + longest;
    }

    @Override
    public String domain(Field field) {
        return "String";
    }

    @Override
    public String column() {
        return "length = " + longest;
    }

    @Override
    public boolean canBeUnique() {
        return longest >= FEWEST_UNIQUE && longest <= LONGEST_UNIQUE;
    }

    @Override
    public String read(Field field) {
        return "String %s = draft.%s();".formatted(field.name(), field.name());
    }

    @Override
    public List<String> rules(Field field) {
        List<String> rules = new ArrayList<>();
        if (field.required() && shortest == 0) {
            rules.add(FieldType.require(field, field.name() + " != null"));
        } else if (shortest > 0) {
            rules.add(FieldType.require(field, FieldType.orMissing(field, field.name() + ".length() >= " + shortest)));
        }
        rules.add("TextRules.check(%s, %d, \"/%s\", violations);".formatted(field.name(), longest, field.name()));
        return rules;
    }

    @Override
    public String sentence(Field field) {
        return shortest == 0
                ? "A text of up to " + longest + " characters"
                : "A text of " + shortest + " to " + longest + " characters";
    }

    @Override
    public String schema(Field field) {
        return (shortest > 0 ? "minLength = " + shortest + ", " : "") + "maxLength = " + longest;
    }

    @Override
    public String example(Field field) {
        String word = field.name().length() <= longest ? field.name() : "a";
        return "\"" + (word + "a".repeat(Math.max(0, shortest - word.length()))) + "\"";
    }

    @Override
    public String sample(Field field) {
        return "text(number, " + shortest + ", " + longest + ")";
    }

    @Override
    public String other(Field field) {
        return "text(number + 1, " + shortest + ", " + longest + ")";
    }

    @Override
    public List<String> kept(Field field) {
        List<String> kept = new ArrayList<>(List.of(repeated("a", longest)));
        if (shortest < longest) {
            kept.add(repeated("b", shortest));
        }
        if (longest >= 2 && shortest <= 2) {
            kept.add("\"\\ud83d\\ude00\"");
        }
        return kept;
    }

    @Override
    public List<Broken> broken(Field field) {
        String pointer = "/" + field.name();
        String filled = shortest <= 1 ? "" : repeated("c", shortest - 1) + " + ";
        List<Broken> broken = new ArrayList<>(List.of(
                new Broken(repeated("a", longest + 1), pointer, "text.too_long"),
                new Broken(filled + "\"\\0\"", pointer, "text.nul"),
                new Broken(filled + "\"\\ud83d\"", pointer, "text.surrogate")));
        if (shortest > 0) {
            broken.add(new Broken(repeated("d", shortest - 1), pointer, field.code()));
        }
        return broken;
    }

    private static String repeated(String letter, int count) {
        return count <= 3 ? "\"" + letter.repeat(count) + "\"" : "\"" + letter + "\".repeat(" + count + ")";
    }

    @Override
    public List<String> unreadable() {
        return List.of("1", "true", "List.of()");
    }
}
