package dev.tandem.tool.model.grammar;

import dev.tandem.tool.model.types.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a record becomes a document.
 *
 * @param title the field that is the document's title; null if it has none
 * @param content the field that is its content; null if it has none
 * @param metadata the fields that become its metadata, by their names
 * @param arguments the parts as they were written
 */
public record Searchable(@Nullable Field title, @Nullable Field content, List<Field> metadata, List<String> arguments) {

    /** Java for the title; {@code null} if there is none. */
    public String titleValue() {
        return value(title);
    }

    /** Java for the content; {@code null} if there is none. */
    public String contentValue() {
        return value(content);
    }

    private static String value(@Nullable Field field) {
        return field == null ? "null" : field.owner().variable() + "." + field.name() + "()";
    }

    /** The field whose text a search looks for in tests: each record has it. */
    public Field text() {
        return Stream.of(content, title)
                .filter(field -> field != null && field.required())
                .findFirst()
                .orElseThrow();
    }

    /** Words: what the document has, such as {@code `title` is its title, `minutes` its metadata}. */
    public String sentence() {
        Stream<String> texts = Stream.of(phrase(title, "its title"), phrase(content, "its content"));
        Stream<String> rest = metadata.isEmpty()
                ? Stream.empty()
                : Stream.of(metadata.stream()
                        .map(field -> "`" + field.name() + "`")
                        .collect(Collectors.joining(", ", "its metadata is ", "")));
        return Stream.concat(texts.filter(text -> !text.isEmpty()), rest).collect(Collectors.joining(", "));
    }

    private static String phrase(@Nullable Field field, String part) {
        return field == null ? "" : part + " is `" + field.name() + "`";
    }
}
