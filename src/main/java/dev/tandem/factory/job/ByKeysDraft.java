package dev.tandem.factory.job;

import dev.tandem.domain.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a client wants to be deleted, by their keys.
 *
 * @param keys each once
 * @param maxAffected how many documents there may be; null for any number
 * @param author who the client says it is by
 */
public record ByKeysDraft(
        List<String> keys,
        @Nullable Long maxAffected,
        @Nullable String author) {

    private static final String DOCUMENTS = "documents";
    private static final String KEY = "key";
    private static final String ID = "id";
    private static final String AUTHOR = "author";

    /**
     * A document that is to be deleted.
     *
     * @param id of the document that had the key when the client asked; null where none had it
     */
    public record Named(String key, @Nullable UUID id) {}

    /** @throws Refusal.TooMany if there are more documents than the client allows */
    public void check(long affected) {
        if (maxAffected != null && affected > maxAffected) {
            throw new Refusal.TooMany(
                    "documents.too_many",
                    "There are " + affected + " documents with these keys, and maxAffected allows " + maxAffected + ".",
                    affected);
        }
    }

    /**
     * The wish as a job keeps it.
     *
     * @param ids of the documents that have the keys now, by key
     */
    public Map<String, @Nullable Object> toParameters(Map<String, UUID> ids) {
        List<Object> named = new ArrayList<>();
        for (String key : keys) {
            UUID id = ids.get(key);
            named.add(id == null ? Map.of(KEY, key) : Map.of(KEY, key, ID, id.toString()));
        }
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put(DOCUMENTS, named);
        parameters.put(AUTHOR, author);
        return parameters;
    }

    /** The documents that a job has kept. */
    public static List<Named> named(Map<String, @Nullable Object> parameters) {
        List<Named> named = new ArrayList<>();
        if (parameters.get(DOCUMENTS) instanceof List<?> documents) {
            for (Object document : documents) {
                Map<?, ?> members = (Map<?, ?>) document;
                Object id = members.get(ID);
                named.add(new Named(
                        String.valueOf(members.get(KEY)), id == null ? null : UUID.fromString(id.toString())));
            }
        }
        return named;
    }

    /** The author that a job has kept. */
    public static @Nullable String author(Map<String, @Nullable Object> parameters) {
        return (String) parameters.get(AUTHOR);
    }
}
