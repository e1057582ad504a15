package dev.tandem.factory.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.access.Grant;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.KeyText;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.access.ScopedKeyText;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.Identities;
import dev.tandem.factory.metadata.FilterFactory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys from other keys, and reads those that their holders have made themselves. The terms of such a key are JSON with two members: a
 * {@code filter}, and {@code expires}, a time as in RFC 3339.
 */
@Singleton
public class ScopedKeyFactory {

    private static final String SCOPED = "scoped:";
    private static final String FILTER = "filter";
    private static final String EXPIRES = "expires";
    private static final int MOST_MEMBERS = 2;
    private static final int LONGEST_TERMS = 4_000;

    private static final TypeReference<Map<String, @Nullable Object>> MEMBERS = new TypeReference<>() {};

    private final ObjectMapper mapper;
    private final Identities identities;

    ScopedKeyFactory(ObjectMapper mapper, Identities identities) {
        this.mapper = mapper;
        this.identities = identities;
    }

    /**
     * Makes a key that allows what its parent does, on the documents that match a filter.
     *
     * @param filter as parsed from JSON
     * @throws Refusal.Malformed if the filter cannot be read
     * @throws Refusal.Rejected if the filter matches everything, the expiry is not in the future, or both together are too long
     */
    public ScopedKeyText create(
            KeyText parent, @Nullable Map<String, @Nullable Object> filter, @Nullable String expires) {
        Filter read = FilterFactory.create(filter == null ? Map.of() : filter, "/filter");
        if (read.equals(Filter.EVERYTHING)) {
            throw new Refusal.Rejected(
                    "/filter", "key.scope.filter", "A scoped key needs a filter that leaves out something.");
        }
        Instant end = expires == null ? null : Dates.parse(expires);
        if (end == null || !end.isAfter(identities.now())) {
            throw new Refusal.Rejected(
                    "/expires",
                    "key.expires_at",
                    "A scoped key expires in the future, at a time such as 2030-01-01T00:00:00Z.");
        }
        Map<String, Object> terms = new TreeMap<>(Map.of(EXPIRES, end.toString()));
        terms.put(FILTER, filter);
        byte[] json = json(terms);
        if (json.length > LONGEST_TERMS) {
            throw new Refusal.Rejected(
                    "/filter",
                    "key.scope.filter",
                    "The filter of a scoped key has at most " + LONGEST_TERMS + " bytes.");
        }
        return ScopedKeyText.signed(parent, json);
    }

    private byte[] json(Map<String, Object> terms) {
        try {
            return mapper.writeValueAsBytes(terms);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written as JSON", e);
        }
    }

    /**
     * The principal that shows a key which its parent has signed: it may read what its parent may, within the filter. Empty if the key has
     * expired, its terms cannot be read, or its parent may do more than read, because such keys would be handed out by mistake.
     */
    public Optional<Principal> principal(ScopedKeyText key, ApiKey parent) {
        if (parent.grants().allowSomewhere(Right.WRITE)) {
            return Optional.empty();
        }
        return scope(key)
                .map(scope -> new Principal(
                        SCOPED + parent.id() + ":" + key.digest(),
                        SCOPED + parent.id() + ":" + scope.filter(),
                        readingOf(parent.grants()),
                        scope,
                        false));
    }

    private static Grants readingOf(Grants grants) {
        return new Grants(grants.all().stream()
                .map(grant -> new Grant(grant.collections(), Right.READ))
                .toList());
    }

    private Optional<Scope> scope(ScopedKeyText key) {
        try {
            Map<String, @Nullable Object> terms = mapper.readValue(key.terms(), MEMBERS);
            boolean isComplete = terms.size() == MOST_MEMBERS
                    && terms.get(EXPIRES) instanceof String
                    && terms.get(FILTER) instanceof Map<?, ?>;
            return isComplete ? read(terms) : Optional.empty();
        } catch (IOException | Refusal e) {
            // Who has signed terms that cannot be read gets in nowhere with them.
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // a JSON object
    private Optional<Scope> read(Map<String, @Nullable Object> terms) {
        Instant expires = Dates.parse(String.valueOf(terms.get(EXPIRES)));
        Map<String, @Nullable Object> json = (Map<String, @Nullable Object>) terms.get(FILTER);
        Filter filter = FilterFactory.create(json == null ? Map.of() : json, "/filter");
        return expires != null && identities.now().isBefore(expires) && !filter.equals(Filter.EVERYTHING)
                ? Optional.of(new Scope(filter))
                : Optional.empty();
    }
}
