package dev.tandem.factory.metadata;

import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentOrder.Part;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.rules.TextRules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the order of a list: up to four fields, separated by commas, such as {@code -metadata.year,title}. A hyphen reverses the direction of a
 * field. A metadata field is named by its {@linkplain FieldPath path} behind {@code metadata.}; a backslash in front of a comma makes it part
 * of a name.
 */
public final class OrderFactory {

    private static final String POINTER = "/sort";

    private OrderFactory() {}

    /** @throws Refusal.Malformed with {@code parameter.sort} */
    public static DocumentOrder create(String text) {
        List<String> written = FieldPath.separated(text);
        if (written.size() > DocumentOrder.MOST_PARTS) {
            throw refused("Documents can be sorted by at most " + DocumentOrder.MOST_PARTS + " fields.");
        }
        List<Part> parts = written.stream().map(OrderFactory::part).toList();
        Set<FilterField> fields = new HashSet<>();
        for (Part part : parts) {
            if (!fields.add(part.field())) {
                throw refused("A field can only be sorted by once.");
            }
        }
        return new DocumentOrder(parts);
    }

    private static Part part(String text) {
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return new Part(
                name.startsWith(DocumentOrder.METADATA)
                        ? path(name.substring(DocumentOrder.METADATA.length()))
                        : own(name),
                descending);
    }

    private static FieldPath path(String text) {
        TextRules.Flaw flaw = TextRules.flaw(text, FieldPath.LONGEST);
        if (flaw != null) {
            throw refused("A field's path: " + flaw.message(FieldPath.LONGEST));
        }
        try {
            return FieldPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static DocumentField own(String name) {
        return Arrays.stream(DocumentField.values())
                .filter(field -> field.property().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> refused(
                                "Documents can be sorted by "
                                        + Arrays.stream(DocumentField.values())
                                                .map(DocumentField::property)
                                                .collect(Collectors.joining(", "))
                                        + ", and by a field of their metadata as metadata.year; a hyphen in front reverses the order."));
    }

    private static Refusal refused(String message) {
        return new Refusal.Malformed("parameter.sort", POINTER, message);
    }
}
