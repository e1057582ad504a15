package dev.tandem.tool.model.types;

import java.util.List;

/** A JSON object of any members. */
public record JsonType() implements FieldType {

    @Override
    public String text() {
        return "json";
    }

    @Override
    public String domain(Field field) {
        return "Metadata";
    }

    @Override
    public String draft() {
        return "Map<String, @Nullable Object>";
    }

    @Override
    public String row(Field field) {
        return "Map<String, Object>";
    }

    @Override
    public String view(Field field) {
        return draft();
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
    public String empty() {
        return "Metadata.EMPTY";
    }

    @Override
    public String emptyInJson() {
        return "Map.of()";
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public String read(Field field) {
        return "Map<String, @Nullable Object> %1$s = draft.%1$s() == null ? Map.of() : draft.%1$s();"
                .formatted(field.name());
    }

    @Override
    public List<String> rules(Field field) {
        String check = "MetadataRules.check(%1$s, \"/%1$s\", violations);".formatted(field.name());
        return field.required()
                ? List.of(FieldType.require(field, "draft." + field.name() + "() != null"), check)
                : List.of(check);
    }

    @Override
    public String judged(Field field) {
        return "new Metadata(" + field.name() + ")";
    }

    @Override
    public String toRow(Field field, String value) {
        return value + ".values()";
    }

    @Override
    public String toDomain(Field field, String value) {
        return "new Metadata(" + value + ")";
    }

    @Override
    public String toView(Field field, String value) {
        return value + ".values()";
    }

    @Override
    public String fromJson(String value) {
        return value + " instanceof Map<?, ?> object ? MergePatch.merge(object, Map.of()) : null";
    }

    @Override
    public String sentence(Field field) {
        return "A JSON object of up to 64 KiB";
    }

    @Override
    public String example(Field field) {
        return "{\"a\": 1}";
    }

    @Override
    public String sample(Field field) {
        return "Map.of(\"number\", number)";
    }

    @Override
    public String other(Field field) {
        return "Map.of(\"number\", number + 1)";
    }

    @Override
    public List<String> kept(Field field) {
        return List.of(
                "Map.of()",
                "Map.of(\"a\", List.of(1, 2.5, \"b\", true, Map.of()))",
                "Map.of(\"a\", \"b\".repeat(8192))");
    }

    @Override
    public List<Broken> broken(Field field) {
        return List.of(
                new Broken("Map.of(\"a\", \"b\\0\")", "/" + field.name() + "/a", "text.nul"),
                new Broken("Map.of(\"a\", \"b\".repeat(8193))", "/" + field.name() + "/a", "text.too_long"));
    }

    @Override
    public List<String> unreadable() {
        return List.of("1", "\"a\"", "List.of()");
    }
}
