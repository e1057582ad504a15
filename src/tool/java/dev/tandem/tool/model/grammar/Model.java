package dev.tandem.tool.model.grammar;

import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.ModelName;
import dev.tandem.tool.model.types.RefType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was asked for.
 *
 * @param arguments the fields as they were written
 * @param searchable how its records become documents; null if they do not
 */
public record Model(
        ModelName name,
        List<Field> fields,
        List<String> arguments,
        @Nullable Searchable searchable) {

    private static final String ID = "\"01a20669-cd09-715e-bbab-3600711aa0e0\"";
    private static final String TIME = "\"2026-11-22T12:00:00Z\"";

    public List<Field> uniques() {
        return fields.stream().filter(Field::unique).toList();
    }

    public List<Field> refs() {
        return fields.stream().filter(Field::isRef).toList();
    }

    /** The fields whose values depend on what other records there are. */
    public List<Field> pinned() {
        return fields.stream().filter(field -> field.isRef() || field.unique()).toList();
    }

    public List<Field> enums() {
        return fields.stream().filter(Field::isEnum).toList();
    }

    public List<Field> required() {
        return fields.stream().filter(Field::required).toList();
    }

    public List<Field> optional() {
        return fields.stream().filter(field -> !field.required()).toList();
    }

    /** The references whose columns need an index of their own: a unique constraint has one. */
    public List<Field> indexed() {
        return refs().stream().filter(field -> !field.unique()).toList();
    }

    /** Whether a value may be taken already. */
    public boolean constrained() {
        return !uniques().isEmpty();
    }

    /** Whether something else may conflict with a change. */
    public boolean conflicting() {
        return constrained() || searchable != null;
    }

    /** The other models that it refers to, once each. */
    public List<ModelName> targets() {
        return refs().stream()
                .map(field -> ((RefType) field.type()).target())
                .distinct()
                .toList();
    }

    /**
     * A value of a member, for tests.
     *
     * @param literal the JSON value, as Java
     * @param pointer where the problem is; empty if there is none
     * @param code of the problem; empty if there is none
     */
    public record Sample(String member, String literal, String pointer, String code) {}

    /** Values just within the rules. */
    public List<Sample> keptValues() {
        return samples(Field::kept);
    }

    /** Values of types that the members do not have. */
    public List<Sample> unreadableValues() {
        return samples(Field::unreadable);
    }

    private List<Sample> samples(Function<Field, List<String>> literals) {
        return fields.stream()
                .flatMap(field ->
                        literals.apply(field).stream().map(literal -> new Sample(field.name(), literal, "", "")))
                .toList();
    }

    /** Values that break rules. */
    public List<Sample> brokenValues() {
        return fields.stream()
                .flatMap(field -> field.broken().stream()
                        .map(broken -> new Sample(field.name(), broken.literal(), broken.pointer(), broken.code())))
                .toList();
    }

    /** JSON of a body that makes one. */
    public String requestExample() {
        return fields.stream().map(Model::example).collect(Collectors.joining(", ", "{", "}"));
    }

    /** The same between the single quotes of a shell. */
    public String shellExample() {
        return requestExample().replace("'", "'\\''");
    }

    /** JSON of the answer to a search. */
    public String foundExample() {
        return "{\"items\": [{\"record\": " + viewExample() + ",\n \"hit\": {\"key\": " + ID
                + ", \"id\": \"01a20669-cd09-715e-bbab-3600711aa0e1\""
                + ", \"score\": 0.93}}],\n \"sequence\": 4711, \"warnings\": []}";
    }

    /** JSON of an answer. */
    public String viewExample() {
        Stream<String> all = Stream.of(
                        Stream.of("\"id\": " + ID),
                        fields.stream().map(Model::example),
                        Stream.of("\"version\": 1", "\"createdAt\": " + TIME, "\"updatedAt\": " + TIME))
                .flatMap(part -> part);
        return all.collect(Collectors.joining(", ", "{", "}"));
    }

    private static String example(Field field) {
        return "\"" + field.name() + "\": " + field.example();
    }
}
