package dev.tandem.tool.model.grammar;

import dev.tandem.tool.model.ModelRefusal;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.FieldType;
import dev.tandem.tool.model.types.ModelName;
import dev.tandem.tool.model.types.RefType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of {@code new}: a name, and fields such as {@code name:string:1..200:required:unique}. */
public final class ModelReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([A-Z][a-z0-9]+)*");
    private static final Set<String> CLASSES_OF_MODELS = Set.of(
            "view",
            "request",
            "resource",
            "draft",
            "patch",
            "factory",
            "mapper",
            "entity",
            "repository",
            "service",
            "samples");

    private static final int LONGEST_NAME = 20;
    private static final int MOST_FIELDS = 30;

    private final Map<String, ModelName> models;

    /** @param models those that can be referred to, by their words */
    public ModelReader(Map<String, ModelName> models) {
        this.models = models;
    }

    /**
     * The model that is asked for.
     *
     * @param plural of the name; null if it is the regular one
     * @throws ModelRefusal with every mistake
     */
    public Model read(String word, @Nullable String plural, List<String> arguments) {
        return read(word, plural, arguments, null);
    }

    /**
     * The same for a model whose records are documents too.
     *
     * @param parts which fields become what of a document: {@code title=name}; null if the records are no documents
     */
    public Model read(String word, @Nullable String plural, List<String> arguments, @Nullable List<String> parts) {
        List<String> mistakes = new ArrayList<>();
        ModelName name = name(word, plural, mistakes);
        List<Field> fields = new ArrayList<>();
        for (String argument : arguments) {
            try {
                fields.add(field(name, argument));
            } catch (IllegalArgumentException e) {
                mistakes.add(argument + ": the field " + e.getMessage());
            }
        }
        if (arguments.isEmpty() || arguments.size() > MOST_FIELDS) {
            mistakes.add("a model has 1 to " + MOST_FIELDS + " fields, such as name:string:1..200:required");
        }
        differ(fields, mistakes);
        Searchable searchable = parts == null ? null : new SearchableReader(fields, mistakes).read(parts);
        ModelRefusal.ifAny(mistakes);
        return new Model(name, List.copyOf(fields), List.copyOf(arguments), searchable);
    }

    private static ModelName name(String word, @Nullable String plural, List<String> mistakes) {
        if (!NAME.matcher(word).matches() || word.length() > LONGEST_NAME) {
            mistakes.add(word + ": a model's name is in camel case, begins with a small letter, and has up to "
                    + LONGEST_NAME + " letters and digits, such as bookReview");
            return new ModelName("invalid", "invalids");
        }
        ModelName name = plural == null ? ModelName.of(word) : new ModelName(word, plural);
        if (plural != null && (!NAME.matcher(plural).matches() || plural.length() > LONGEST_NAME + 4)) {
            mistakes.add(plural + ": a plural is written as a name is");
        }
        if (plural != null && plural.equals(word)) {
            mistakes.add(plural + ": the plural must differ from the name, because lists are named by it");
        }
        if (plural == null && word.matches(".*[^sui]s")) {
            mistakes.add(word + ": this looks like a plural; name one of them, or say its plural with --plural");
        }
        if (ReservedWords.isForModel(word, name.type(), name.folder()) || ReservedWords.isForColumn(name.table())) {
            mistakes.add(word + ": this name means something else in Java, in SQL or in Tandem; choose another one");
        }
        if (plural != null && (ReservedWords.isForField(plural))) {
            mistakes.add(plural + ": this plural means something else in Java; choose another one");
        }
        return name;
    }

    private Field field(ModelName owner, String argument) {
        Deque<String> parts = new ArrayDeque<>(Arrays.asList(argument.split(":", -1)));
        String name = parts.pop();
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("'" + name
                    + "' is not in camel case, does not begin with a small letter, or has more than " + LONGEST_NAME
                    + " letters and digits");
        }
        FieldType type = new TypeReader(models).take(parts);
        if (type instanceof RefType ref && ref.target().word().equals(owner.word())) {
            throw new IllegalArgumentException("refers to its own model, which ./model does not write");
        }
        Set<String> modifiers = new HashSet<>();
        for (String modifier : parts) {
            if (!Set.of("required", "unique").contains(modifier) || !modifiers.add(modifier)) {
                throw new IllegalArgumentException("has '" + modifier + "' behind its type " + type.text()
                        + "; there can be required and unique, once each");
            }
        }
        Field field = new Field(owner, name, type, modifiers.contains("required"), modifiers.contains("unique"));
        check(field);
        return field;
    }

    private static void check(Field field) {
        if (field.isEnum() && CLASSES_OF_MODELS.contains(field.name())) {
            throw new IllegalArgumentException(
                    "would have an enumeration named " + field.className() + ", which is another class");
        }
        if (ReservedWords.isForField(field.name()) || ReservedWords.isForColumn(field.column())) {
            throw new IllegalArgumentException(
                    "has a name that means something else in Java, in SQL or in every model");
        }
        if (field.unique() && !field.type().canBeUnique()) {
            throw new IllegalArgumentException(
                    "cannot be unique, because no index can tell its values apart, or because there are too few of them");
        }
        if (field.required() && field.type() instanceof RefType ref && ref.onDelete() == RefType.OnDelete.DETACH) {
            throw new IllegalArgumentException(
                    "is required, so that it cannot be detached; choose restrict or cascade");
        }
    }

    private static void differ(List<Field> fields, List<String> mistakes) {
        Set<String> columns = new HashSet<>(Set.of("id", "version", "created_at", "updated_at"));
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!columns.add(field.column()) | !names.add(field.name())) {
                mistakes.add(field.name() + ": two fields would have the same name or the same column");
            }
        }
    }
}
