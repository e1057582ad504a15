package dev.tandem.api.document;

import dev.tandem.api.paging.Cursor;
import dev.tandem.api.paging.Cursors;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.Keyset;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.SortValue;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The beginning of a page of documents. A cursor is valid only for the list that it comes from: same collection, filter and order. */
final class DocumentCursor {

    private static final int ID_LENGTH = 36;

    /** In front of a place from which the list is read backwards. */
    private static final String BACKWARDS = "<";

    private static final String BEGINNING = ">";

    /** No stored text has this character. */
    private static final String SEPARATOR = "\0";

    private DocumentCursor() {}

    static Uni<Cursor<Keyset>> of(Cursors cursors, String collection, Filter filter, DocumentOrder order) {
        return cursors.of(
                collection + "\n" + order + "\n" + filter, place -> text(place, order), text -> place(text, order));
    }

    private static String text(Keyset place, DocumentOrder order) {
        Keyset.Entry entry = place.entry();
        if (entry == null) {
            return place.isBackwards() ? BACKWARDS : BEGINNING;
        }
        String values = IntStream.range(0, order.parts().size())
                .mapToObj(i ->
                        text(entry.values().get(i).value(), order.parts().get(i).field()))
                .collect(Collectors.joining(SEPARATOR));
        return (place.isBackwards() ? BACKWARDS : "") + entry.id() + values;
    }

    private static Keyset place(String text, DocumentOrder order) {
        if (text.equals(BEGINNING)) {
            return Keyset.BEGINNING;
        }
        if (text.equals(BACKWARDS)) {
            return Keyset.END;
        }
        boolean isBackwards = text.startsWith(BACKWARDS);
        String entry = isBackwards ? text.substring(BACKWARDS.length()) : text;
        return new Keyset(
                new Keyset.Entry(
                        values(entry.substring(ID_LENGTH), order), UUID.fromString(entry.substring(0, ID_LENGTH))),
                isBackwards);
    }

    private static List<SortValue> values(String text, DocumentOrder order) {
        List<DocumentOrder.Part> parts = order.parts();
        String[] written = text.split(SEPARATOR, -1);
        if (written.length != parts.size()) {
            throw new IllegalArgumentException("not a value for each part");
        }
        return IntStream.range(0, written.length)
                .mapToObj(i -> new SortValue(value(written[i], parts.get(i).field())))
                .toList();
    }

    /** A value of a field that may have any begins with a letter for its type. */
    private static String text(@Nullable Object value, FilterField field) {
        if (isOfOneType(field)) {
            return String.valueOf(value);
        }
        return switch (value) {
            case String text -> "s" + text;
            case Long whole -> "w" + whole;
            case Double number -> "n" + number;
            case Boolean truth -> "b" + truth;
            case null, default -> "";
        };
    }

    private static @Nullable Object value(String text, FilterField field) {
        if (isOfOneType(field)) {
            return value(text, (DocumentField) field);
        }
        if (text.isEmpty()) {
            return null;
        }
        String value = text.substring(1);
        return switch (text.charAt(0)) {
            case 's' -> value;
            case 'w' -> Long.valueOf(value);
            case 'n' -> Double.valueOf(value);
            case 'b' -> Boolean.valueOf(value);
            default -> throw new IllegalArgumentException("no type of a value");
        };
    }

    private static Object value(String text, DocumentField field) {
        return switch (field.type()) {
            case DATE -> Instant.parse(text);
            case NUMBER -> Long.valueOf(text);
            case TEXT -> text;
        };
    }

    private static boolean isOfOneType(FilterField field) {
        return field instanceof DocumentField own && !own.isOptional();
    }
}
