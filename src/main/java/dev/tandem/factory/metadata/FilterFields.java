package dev.tandem.factory.metadata;

import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.TextRules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the names of fields in a filter. An invalid one adds a violation and is replaced by a placeholder. */
final class FilterFields {

    private static final String DOCUMENT_FIELDS =
            Arrays.stream(DocumentField.values()).map(DocumentField::written).collect(Collectors.joining(", "));

    /** Names that a caller may use for a field of the document by mistake. */
    private static final Set<String> AMBIGUOUS = Stream.concat(
                    Arrays.stream(DocumentField.values()).map(DocumentField::property), Stream.of("content"))
            .collect(Collectors.toUnmodifiableSet());

    private static final FieldPath UNREADABLE = new FieldPath(List.of("unreadable"));

    private final Violations violations;
    private final boolean refusesAmbiguous;
    private boolean isInElement;

    /** @param refusesAmbiguous whether a metadata field may not be named as a document's own field is, or as in an order, unless it is escaped */
    FilterFields(Violations violations, boolean refusesAmbiguous) {
        this.violations = violations;
        this.refusesAmbiguous = refusesAmbiguous;
    }

    /** Reads the filter of an element, where every name is one of the element's. */
    Filter inElement(Supplier<Filter> reading) {
        boolean before = isInElement;
        isInElement = true;
        Filter filter = reading.get();
        isInElement = before;
        return filter;
    }

    /** The field of this name; null if the name begins with a dollar sign and there is no such field here. */
    @Nullable
    FilterField of(String name, String pointer) {
        if (!name.startsWith("$")) {
            return path(name, pointer);
        }
        return isInElement ? null : DocumentField.of(name).orElse(null);
    }

    /** What may begin with a dollar sign here. */
    String known() {
        String own = isInElement ? "" : ", " + DOCUMENT_FIELDS;
        return "There is no such operator and no such field here. Known here are $and, $or, $not" + own
                + ". A metadata field whose name begins with $ is written \\$name.";
    }

    private FieldPath path(String name, String pointer) {
        TextRules.Flaw flaw = TextRules.flaw(name, FieldPath.LONGEST);
        if (flaw != null) {
            String code = flaw == TextRules.Flaw.TOO_LONG ? "filter.path" : "filter.text";
            violations.add(pointer, code, "A field's path: " + flaw.message(FieldPath.LONGEST));
            return UNREADABLE;
        }
        if (refusesAmbiguous && !isInElement && AMBIGUOUS.contains(name)) {
            violations.add(pointer, "filter.ambiguous_field", ambiguous(name));
            return UNREADABLE;
        }
        if (refusesAmbiguous && !isInElement && PathRules.beginsTwice(name)) {
            violations.add(pointer, "filter.ambiguous_field", PathRules.BEGINS_TWICE);
            return UNREADABLE;
        }
        try {
            return FieldPath.parse(name);
        } catch (IllegalArgumentException e) {
            violations.add(pointer, "filter.path", String.valueOf(e.getMessage()));
            return UNREADABLE;
        }
    }

    private static String ambiguous(String name) {
        String advice = "This names a field of the metadata. Write \\" + name + " if you mean it";
        return DocumentField.of("$" + name).isPresent()
                ? advice + ", or $" + name + " for the document's own field."
                : advice + ". A document's " + name + " cannot be filtered by.";
    }
}
