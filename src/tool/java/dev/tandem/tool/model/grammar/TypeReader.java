package dev.tandem.tool.model.grammar;

import dev.tandem.tool.model.types.BoolType;
import dev.tandem.tool.model.types.DecimalType;
import dev.tandem.tool.model.types.EnumType;
import dev.tandem.tool.model.types.FieldType;
import dev.tandem.tool.model.types.JsonType;
import dev.tandem.tool.model.types.ListType;
import dev.tandem.tool.model.types.ModelName;
import dev.tandem.tool.model.types.RefType;
import dev.tandem.tool.model.types.StringType;
import dev.tandem.tool.model.types.TextType;
import dev.tandem.tool.model.types.WholeType;
import dev.tandem.tool.model.types.WrittenType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a type and its arguments: {@code string:1..200}. What follows them is left for others. */
final class TypeReader {

    static final List<String> WORDS = List.of(
            "string", "text", "int", "long", "decimal", "bool", "date", "instant", "uuid", "uri", "enum", "json",
            "list", "ref");

    private static final Pattern RANGE = Pattern.compile("(-?[0-9]{1,19})\\.\\.(-?[0-9]{1,19})");
    private static final Pattern DIGITS = Pattern.compile("([0-9]{1,3}),([0-9]{1,3})");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private static final int DEFAULT_LENGTH = 200;
    private static final int MOST_WORDS = 50;

    private final Map<String, ModelName> models;

    /** @param models those that can be referred to, by their words */
    TypeReader(Map<String, ModelName> models) {
        this.models = models;
    }

    /**
     * Takes a type from the front of what is left of a field.
     *
     * @throws IllegalArgumentException saying what is wrong, as the end of a sentence about the field
     */
    FieldType take(Deque<String> parts) {
        String word = parts.isEmpty() ? "" : parts.pop();
        return switch (word) {
            case "string" -> string(parts);
            case "text" -> new TextType();
            case "int" -> whole(parts, false);
            case "long" -> whole(parts, true);
            case "decimal" -> decimal(parts);
            case "bool" -> new BoolType();
            case "date", "instant", "uuid", "uri" -> WrittenType.valueOf(word.toUpperCase(Locale.ROOT));
            case "enum" -> words(parts);
            case "json" -> new JsonType();
            case "list" -> list(parts);
            case "ref" -> ref(parts);
            default ->
                throw new IllegalArgumentException(
                        "has no type '" + word + "'; the types are " + String.join(", ", WORDS));
        };
    }

    private static StringType string(Deque<String> parts) {
        return range(
                parts,
                (least, most) -> {
                    if (least < 0 || most > StringType.LONGEST || most < 1) {
                        throw new IllegalArgumentException(
                                "has lengths outside of 0.." + StringType.LONGEST + "; use text for longer ones");
                    }
                    return new StringType(Math.toIntExact(least), Math.toIntExact(most));
                },
                new StringType(0, DEFAULT_LENGTH));
    }

    private static WholeType whole(Deque<String> parts, boolean isLong) {
        long least = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
        long most = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
        return range(
                parts,
                (from, to) -> {
                    if (from < least || to > most) {
                        throw new IllegalArgumentException("has a range beyond " + least + ".." + most);
                    }
                    if (from.equals(to)) {
                        throw new IllegalArgumentException("has a range of one number");
                    }
                    return new WholeType(isLong, from, to);
                },
                new WholeType(isLong, least, most));
    }

    private static <T> T range(Deque<String> parts, BiFunction<Long, Long, T> type, T fallback) {
        Matcher range = RANGE.matcher(parts.isEmpty() ? "" : parts.peek());
        if (!range.matches()) {
            return fallback;
        }
        String text = parts.pop();
        try {
            long least = Long.parseLong(range.group(1));
            long most = Long.parseLong(range.group(2));
            if (least > most) {
                throw new IllegalArgumentException("has a range that is empty: " + text);
            }
            return type.apply(least, most);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("has a range of numbers that are too large: " + text, e);
        }
    }

    private static DecimalType decimal(Deque<String> parts) {
        Matcher digits = DIGITS.matcher(parts.isEmpty() ? "" : parts.peek());
        if (!digits.matches()) {
            throw new IllegalArgumentException(
                    "needs its digits, and how many of them are behind the point: decimal:10,2");
        }
        parts.pop();
        int all = Integer.parseInt(digits.group(1));
        int scale = Integer.parseInt(digits.group(2));
        if (all < 1 || all > DecimalType.MOST_DIGITS || scale >= all) {
            throw new IllegalArgumentException(
                    "has 1 to " + DecimalType.MOST_DIGITS + " digits, and fewer than all of them are behind the point");
        }
        return new DecimalType(all, scale);
    }

    private static EnumType words(Deque<String> parts) {
        List<String> words = parts.isEmpty() ? List.of() : List.of(parts.pop().split(",", -1));
        for (String word : words) {
            if (!WORD.matcher(word).matches() || word.length() > EnumType.LONGEST_WORD) {
                throw new IllegalArgumentException("has the word '" + word
                        + "'; a word has up to " + EnumType.LONGEST_WORD
                        + " lower-case letters, digits and underscores, and begins with a letter");
            }
        }
        if (words.size() < 2 || words.size() > MOST_WORDS || new HashSet<>(words).size() < words.size()) {
            throw new IllegalArgumentException("needs 2 to " + MOST_WORDS + " different words: enum:person,group");
        }
        return new EnumType(words);
    }

    private ListType list(Deque<String> parts) {
        Deque<String> items = new ArrayDeque<>(parts);
        String word = items.isEmpty() ? "" : items.peek();
        if (!word.equals("string") && !word.equals("int")) {
            throw new IllegalArgumentException("is a list of string or int, not of '" + word + "'");
        }
        FieldType item = take(items);
        if (item instanceof StringType text && text.longest() > StringType.LONGEST_UNIQUE) {
            throw new IllegalArgumentException("is a list of texts that are longer than " + StringType.LONGEST_UNIQUE);
        }
        String count = items.isEmpty() ? "" : items.pop();
        if (!COUNT.matcher(count).matches() || Integer.parseInt(count) < 1 || Integer.parseInt(count) > ListType.MOST) {
            throw new IllegalArgumentException(
                    "needs the largest number of its items, from 1 to " + ListType.MOST + ": list:string:1..40:20");
        }
        parts.clear();
        parts.addAll(items);
        return new ListType(item, Integer.parseInt(count));
    }

    private RefType ref(Deque<String> parts) {
        String word = parts.isEmpty() ? "" : parts.pop();
        ModelName target = models.get(word);
        if (target == null) {
            throw new IllegalArgumentException("refers to '" + word + "', which is no model that ./model has made"
                    + (models.isEmpty() ? "" : "; these are " + String.join(", ", models.keySet())));
        }
        String action = parts.isEmpty() ? "" : parts.peek();
        for (RefType.OnDelete onDelete : RefType.OnDelete.values()) {
            if (action.equals(onDelete.name().toLowerCase(Locale.ROOT))) {
                parts.pop();
                return new RefType(target, onDelete);
            }
        }
        return new RefType(target, RefType.OnDelete.RESTRICT);
    }
}
