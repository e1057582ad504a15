package dev.tandem.factory.job;

import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.factory.document.DocumentPatch;
import dev.tandem.factory.metadata.FilterFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change by filter, as a client requests it.
 *
 * @param filter as JSON
 * @param patch the changes to make; null to delete the documents
 * @param maxAffected the largest number of documents that may match; null for any number
 * @param author the author that the client names
 */
public record ByFilterDraft(
        Map<String, @Nullable Object> filter,
        @Nullable DocumentPatch patch,
        @Nullable Long maxAffected,
        @Nullable String author) {

    private static final String FILTER = "filter";
    private static final String PATCH = "patch";
    private static final String MAX_AFFECTED = "maxAffected";
    private static final String AUTHOR = "author";
    private static final String UNTIL = "until";

    /** @throws dev.tandem.domain.refusal.Refusal.Malformed if the filter is not valid */
    public Filter toFilter() {
        return FilterFactory.createForChange(filter, "/filter");
    }

    public boolean allows(long affected) {
        return maxAffected == null || affected <= maxAffected;
    }

    /**
     * The request as a job stores it.
     *
     * @param until the document with the greatest id when the job is created
     */
    public Map<String, @Nullable Object> toParameters(UUID until) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put(FILTER, filter);
        parameters.put(PATCH, patch == null ? null : patch.members());
        parameters.put(MAX_AFFECTED, maxAffected);
        parameters.put(AUTHOR, author);
        parameters.put(UNTIL, until.toString());
        return parameters;
    }

    /** The request that a job has stored. */
    public static ByFilterDraft of(Map<String, @Nullable Object> parameters) {
        Map<String, @Nullable Object> patch = object(parameters.get(PATCH));
        return new ByFilterDraft(
                object(parameters.get(FILTER)),
                patch.isEmpty() ? null : new DocumentPatch(patch),
                parameters.get(MAX_AFFECTED) instanceof Number number ? number.longValue() : null,
                (String) parameters.get(AUTHOR));
    }

    /** The id of the last document that the job covers. */
    public static UUID until(Map<String, @Nullable Object> parameters) {
        return UUID.fromString(String.valueOf(parameters.get(UNTIL)));
    }

    /** Restores the numbers of a request: jsonb returns 1e19, which a double holds, as a whole number, which no long holds. */
    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        Map<String, @Nullable Object> object = new HashMap<>();
        if (json instanceof Map<?, ?> members) {
            members.forEach((name, value) -> object.put((String) name, value));
        }
        return new Metadata(object).values();
    }
}
