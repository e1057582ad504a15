package dev.tandem.api.openapi.schema;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.factory.rules.Choice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The constants of enumerations, which requests and answers write in lower case. */
public final class Words {

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

    private Words() {}

    public static void describe(OpenAPI api) {
        Schemas.each(api, Words::describe);
        api.getComponents().addSchema(DocumentOrder.class.getSimpleName(), orders());
        Schema language = Schemas.named(Language.class.getSimpleName(), api.getComponents());
        language.description(Arrays.stream(Language.values())
                .map(one -> "* `" + Choice.word(one) + "`: " + Languages.effect(one))
                .collect(Collectors.joining("\n", "Whose words are compared, and how:\n\n", "")));
    }

    /** Not an enumeration: metadata has any fields. */
    private static Schema orders() {
        return OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .description(
                        "What documents are ordered by: up to " + DocumentOrder.MOST_PARTS
                                + " fields, separated by commas. "
                                + Arrays.stream(DocumentField.values())
                                        .map(field -> "`" + field.property() + "`")
                                        .collect(Collectors.joining(", "))
                                + ", or a field of the metadata by its path, as in `metadata.author.name`. A hyphen in front reverses the order of a field.")
                .defaultValue(DocumentOrder.OLDEST_FIRST.toString())
                .examples(List.of("-updatedAt", "-metadata.year,title"));
    }

    private static void describe(Schema schema) {
        if (schema.getRef() != null) {
            // SmallRye adds the type of an object, which the words are not.
            schema.setType(null);
        }
        if (schema.getEnumeration() != null) {
            schema.enumeration(schema.getEnumeration().stream().map(Words::word).toList());
            // Where an annotation says more than the enumeration, SmallRye takes the constants for objects as well.
            schema.setType(List.of(SchemaType.STRING));
        }
    }

    private static Object word(Object value) {
        return value instanceof String text && CONSTANT.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : value;
    }

    /** The words of an enumeration, as a schema for a parameter. */
    public static Schema of(Class<? extends Enum<?>> type) {
        return OASFactory.createSchema().addType(SchemaType.STRING).enumeration(List.copyOf(Choice.words(type)));
    }
}
