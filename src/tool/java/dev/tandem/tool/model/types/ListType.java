package dev.tandem.tool.model.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list of texts or of whole numbers of 32 bits.
 *
 * @param item the type of each: {@link StringType}, or {@link WholeType}
 * @param most how many items there may be
 */
public record ListType(FieldType item, int most) implements FieldType {

    public static final int MOST = 1_000;

    @Override
    public String text() {
        return "list:" + item.text() + ":" + most;
    }

    private String element() {
        return item.draft();
    }

    @Override
    public String domain(Field field) {
        return draft();
    }

    @Override
    public String draft() {
        return "List<" + element() + ">";
    }

    /** An object with the list in it: Hibernate Reactive reads and writes no other JSON. */
    @Override
    public String row(Field field) {
        return "Map<String, Object>";
    }

    @Override
    public String view(Field field) {
        return draft();
    }

    @Override
    public String toRow(Field field, String value) {
        return "JsonLists.column(" + value + ")";
    }

    @Override
    public String toDomain(Field field, String value) {
        return (item instanceof StringType ? "JsonLists.texts(" : "JsonLists.numbers(") + value + ")";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public boolean isContainer() {
        return true;
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public String read(Field field) {
        return "List<%1$s> %2$s = draft.%2$s() == null ? List.of() : List.copyOf(draft.%2$s());"
                .formatted(element(), field.name());
    }

    @Override
    public List<String> rules(Field field) {
        List<String> rules = new ArrayList<>();
        rules.add(FieldType.require(
                field,
                (field.required() ? "draft." + field.name() + "() != null && " : "") + field.name() + ".size() <= "
                        + most));
        String condition = item instanceof StringType text
                ? text.shortest() > 0 ? "item.length() >= " + text.shortest() : ""
                : bounds((WholeType) item);
        if (!condition.isEmpty()) {
            rules.add(each(
                    field,
                    "violations.require(%s, \"/%s/\" + index, \"%s\", \"%s.\");"
                            .formatted(condition, field.name(), field.code(), item.sentence(field))));
        }
        if (item instanceof StringType text) {
            rules.add(each(
                    field,
                    "TextRules.check(item, %d, \"/%s/\" + index, violations);"
                            .formatted(text.longest(), field.name())));
        }
        return rules;
    }

    private static String bounds(WholeType whole) {
        List<String> bounds = new ArrayList<>();
        if (whole.least() > Integer.MIN_VALUE) {
            bounds.add("item >= " + whole.least());
        }
        if (whole.most() < Integer.MAX_VALUE) {
            bounds.add("item <= " + whole.most());
        }
        return String.join(" && ", bounds);
    }

    private String each(Field field, String rule) {
        return "Values.each(%s, %d, (index, item) -> %s);".formatted(field.name(), most, rule.replaceFirst(";$", ""));
    }

    @Override
    public String fromJson(String value) {
        return value + " instanceof List<?> items ? items.stream().map(" + element() + ".class::cast).toList() : null";
    }

    @Override
    public String sentence(Field field) {
        return "A list of up to " + most;
    }

    @Override
    public String schema(Field field) {
        return "maxItems = " + most;
    }

    @Override
    public String example(Field field) {
        return most == 0 ? "[]" : "[" + item.example(field) + "]";
    }

    @Override
    public String sample(Field field) {
        return "List.of(" + item.sample(field) + ")";
    }

    @Override
    public String other(Field field) {
        return "List.of()";
    }

    @Override
    public List<String> kept(Field field) {
        List<String> kept = new ArrayList<>(List.of("List.of()"));
        kept.add("Collections.nCopies(" + most + ", " + item.kept(field).getLast() + ")");
        item.kept(field).forEach(literal -> kept.add("List.of(" + literal + ")"));
        return kept;
    }

    @Override
    public List<Broken> broken(Field field) {
        List<Broken> broken = new ArrayList<>();
        broken.add(new Broken(
                "Collections.nCopies(" + (most + 1) + ", " + item.kept(field).getFirst() + ")",
                "/" + field.name(),
                field.code()));
        List<String> filler = most > 1 ? List.of(item.kept(field).getFirst()) : Collections.emptyList();
        for (Broken one : item.broken(field)) {
            String items = String.join(", ", filler) + (filler.isEmpty() ? "" : ", ") + one.literal();
            broken.add(new Broken("List.of(" + items + ")", "/" + field.name() + "/" + filler.size(), one.code()));
        }
        return broken;
    }

    @Override
    public List<String> unreadable() {
        return List.of("1", "\"a\"", "Map.of()", "List.of(true)");
    }
}
