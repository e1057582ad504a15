package dev.tandem.index.pinecone.query;

import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Filterable;
import dev.tandem.domain.metadata.Metadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What filters can ask of a document, as metadata of Pinecone: terms for everything that is equal or exists, and the smallest and the
 * greatest number of each field. A range lets a field through if any of its numbers is in the range, so those two are enough.
 */
public final class Facts {

    /** Pinecone takes 40 KB, which is not said to be more than this. */
    private static final int MOST_BYTES = 40_000;

    private static final int BYTES_OF_A_TERM = 23;

    private final Set<String> terms = new LinkedHashSet<>();
    private final Map<String, Number> smallest = new HashMap<>();
    private final Map<String, Number> greatest = new HashMap<>();

    private Facts() {}

    /** The metadata of the document's records in Pinecone. If they would be too large, they say no more than the id and that. */
    public static JsonObject of(UUID id, Filterable document) {
        Facts facts = new Facts();
        facts.addMembers(null, document.metadata().values());
        for (DocumentField field : DocumentField.values()) {
            facts.addOwn(field, document.value(field));
        }
        return facts.isTooLong() ? overflow(id) : facts.json(id);
    }

    private JsonObject json(UUID id) {
        JsonObject json = new JsonObject();
        smallest.forEach((name, number) -> addNumber(json, name, "l", number));
        greatest.forEach((name, number) -> addNumber(json, name, "h", number));
        json.put(Terms.MEMBER, new JsonArray(List.copyOf(terms)));
        return json.toBuffer().length() > MOST_BYTES ? overflow(id) : json;
    }

    private static JsonObject overflow(UUID id) {
        return JsonObject.of(Terms.MEMBER, JsonArray.of(Terms.OVERFLOW, Terms.id(id)));
    }

    private boolean isTooLong() {
        return terms.size() > MOST_BYTES / BYTES_OF_A_TERM;
    }

    private void addNumber(JsonObject json, String name, String end, Number number) {
        ExactNumber exact = ExactNumber.of(number);
        json.put(name + end, exact.nearest());
        terms.add(Terms.hasNumber(name));
        if (exact.rest() != 0) {
            json.put(name + end + "r", (double) exact.rest());
            terms.add(Terms.hasRest(name + end));
        }
    }

    private void addMembers(@Nullable FieldPath parent, Map<?, ?> object) {
        object.forEach((key, value) -> {
            String name = (String) key;
            addValue(parent == null ? new FieldPath(List.of(name)) : parent.child(name), value);
        });
    }

    private void addValue(FieldPath path, @Nullable Object value) {
        terms.add(Terms.exists(path));
        if (value instanceof List<?> list) {
            list.forEach(element -> addElement(path, element));
        } else {
            addElement(path, value);
        }
    }

    /** No path reaches a list inside a list. */
    private void addElement(FieldPath path, @Nullable Object element) {
        if (element instanceof Map<?, ?> object) {
            addMembers(path, object);
        } else if (!(element instanceof List<?>) && !isTooLong()) {
            addScalar(path, element);
        }
    }

    private void addOwn(DocumentField field, @Nullable Object value) {
        if (value != null) {
            terms.add(Terms.exists(field));
        }
        addScalar(field, value);
    }

    private void addScalar(FilterField field, @Nullable Object scalar) {
        terms.add(Terms.equal(field, scalar));
        if (scalar instanceof Number number) {
            widen(Terms.numbers(field, false), number);
        }
        if (scalar instanceof Instant date) {
            widen(Terms.numbers(field, true), Dates.micros(date));
        }
        Instant written = scalar instanceof String text ? Dates.parse(text) : null;
        if (written != null) {
            addScalar(field, written);
        }
    }

    private void widen(String name, Number number) {
        smallest.merge(name, number, (a, b) -> Metadata.compare(a, b) <= 0 ? a : b);
        greatest.merge(name, number, (a, b) -> Metadata.compare(a, b) >= 0 ? a : b);
    }
}
