package dev.tandem.tool.model.grammar;

import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.MetadataRules;
import dev.tandem.tool.model.types.BoolType;
import dev.tandem.tool.model.types.DecimalType;
import dev.tandem.tool.model.types.EnumType;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.FieldType;
import dev.tandem.tool.model.types.ListType;
import dev.tandem.tool.model.types.RefType;
import dev.tandem.tool.model.types.StringType;
import dev.tandem.tool.model.types.TextType;
import dev.tandem.tool.model.types.WholeType;
import dev.tandem.tool.model.types.WrittenType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the parts of {@code --searchable}: {@code title=name content=bio metadata=kind,country}. */
final class SearchableReader {

    private static final String TITLE = "title";
    private static final String CONTENT = "content";
    private static final String METADATA = "metadata";

    /** As many bytes as a character may take in JSON, and as a number may. */
    private static final int BYTES_OF_CHARACTER = 6;

    private static final int BYTES_OF_NUMBER = 25;

    private final Map<String, Field> fields = new TreeMap<>();
    private final List<String> mistakes;
    private final Map<String, List<Field>> parts = new TreeMap<>();

    /** @param mistakes where it says what is wrong */
    SearchableReader(List<Field> fields, List<String> mistakes) {
        fields.forEach(field -> this.fields.put(field.name(), field));
        this.mistakes = mistakes;
    }

    /** @param arguments the parts */
    Searchable read(List<String> arguments) {
        arguments.forEach(this::part);
        Field title = only(TITLE);
        Field content = only(CONTENT);
        boolean hasText = title != null && title.required() || content != null && content.required();
        require(
                hasText,
                "--searchable: the title or the content must be a required field, so that each record has a text");
        List<Field> metadata = parts.getOrDefault(METADATA, List.of());
        long bytes = metadata.stream()
                .mapToLong(field -> field.name().length() + 4 + bytes(field.type()))
                .sum();
        require(
                bytes <= MetadataRules.LARGEST,
                "metadata: these fields may be " + bytes + " bytes large, but a document's metadata only "
                        + MetadataRules.LARGEST);
        fields.values().forEach(this::checkReference);
        return new Searchable(title, content, List.copyOf(metadata), List.copyOf(arguments));
    }

    private @Nullable Field only(String part) {
        List<Field> found = parts.getOrDefault(part, List.of());
        return found.isEmpty() ? null : found.getFirst();
    }

    private void part(String argument) {
        String[] halves = argument.split("=", 2);
        String part = halves[0];
        if (halves.length < 2 || !List.of(TITLE, CONTENT, METADATA).contains(part)) {
            mistakes.add(
                    argument + ": the parts of a document are title=FIELD, content=FIELD and metadata=FIELD,FIELD..");
            return;
        }
        if (parts.containsKey(part)) {
            mistakes.add(argument + ": " + part + " is there twice");
            return;
        }
        List<Field> found = new ArrayList<>();
        for (String name : part.equals(METADATA) ? halves[1].split(",", -1) : new String[] {halves[1]}) {
            Field field = fields.get(name);
            String wrong = field == null ? "there is no field '" + name + "'" : wrong(part, field, found);
            if (wrong.isEmpty() && field != null) {
                found.add(field);
            } else {
                mistakes.add(argument + ": " + wrong);
            }
        }
        parts.put(part, found);
    }

    /** Why a field cannot be this part of a document; empty if it can. */
    private static String wrong(String part, Field field, List<Field> before) {
        if (part.equals(TITLE)) {
            return field.type() instanceof StringType text && text.longest() <= DocumentFactory.LONGEST_TITLE
                    ? ""
                    : "a title is a string of up to " + DocumentFactory.LONGEST_TITLE + " characters";
        }
        if (part.equals(CONTENT)) {
            return field.type() instanceof StringType || field.type() instanceof TextType
                    ? ""
                    : "a content is a string or a text";
        }
        if (before.contains(field)) {
            return "'" + field.name() + "' is there twice";
        }
        if (field.type() instanceof RefType ref && ref.onDelete() == RefType.OnDelete.DETACH) {
            return "'" + field.name()
                    + "' is detached without its record, and the metadata would keep it; choose restrict";
        }
        return isMetadata(field.type())
                ? ""
                : "'" + field.name() + "' is a " + field.type().text()
                        + ", but metadata has values and lists, and strings of up to " + JsonRules.LONGEST_TEXT
                        + " characters";
    }

    private static boolean isMetadata(FieldType type) {
        return switch (type) {
            case StringType text -> text.longest() <= JsonRules.LONGEST_TEXT;
            case ListType list -> isMetadata(list.item());
            default -> bytes(type) > 0;
        };
    }

    /** How large its JSON may be; 0 for types that metadata does not have. */
    private static long bytes(FieldType type) {
        return switch (type) {
            case StringType text -> (long) BYTES_OF_CHARACTER * text.longest() + 2;
            case ListType list -> list.most() * (bytes(list.item()) + 1) + 2;
            case WrittenType written -> written == WrittenType.URI ? 2_002 : 40;
            case WholeType whole -> BYTES_OF_NUMBER;
            case DecimalType decimal -> BYTES_OF_NUMBER;
            case BoolType bool -> 5;
            case EnumType kind -> 34;
            case RefType ref -> 40;
            default -> 0;
        };
    }

    /** PostgreSQL deletes with a cascade, and knows nothing of documents. */
    private void checkReference(Field field) {
        require(
                !(field.type() instanceof RefType ref && ref.onDelete() == RefType.OnDelete.CASCADE),
                field.name()
                        + ": a searchable record cannot be deleted by a cascade, which would leave its document; choose"
                        + " restrict or detach");
    }

    private void require(boolean kept, String mistake) {
        if (!kept) {
            mistakes.add(mistake);
        }
    }
}
