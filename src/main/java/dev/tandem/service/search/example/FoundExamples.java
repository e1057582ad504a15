package dev.tandem.service.search.example;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.example.Example;
import dev.tandem.domain.search.example.Examples;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The documents that are examples.
 *
 * @param ids by key, of those that exist
 * @param vectors by id, of those that have some
 */
record FoundExamples(Map<String, UUID> ids, Map<UUID, Vector> vectors) {

    /** Throws {@link Refusal.Rejected} naming each example that is missing, or is without vectors. */
    void require(Examples examples) {
        Violations violations = new Violations();
        require(examples.like(), "/like/", violations);
        require(examples.unlike(), "/unlike/", violations);
        violations.rejectIfAny();
    }

    private void require(List<Example> examples, String pointer, Violations violations) {
        for (int i = 0; i < examples.size(); i++) {
            if (examples.get(i) instanceof Example.OfKey(String key)) {
                boolean exists = violations.require(
                        ids.containsKey(key),
                        pointer + i + "/key",
                        "search.like.unknown",
                        "There is no document with this key in the collection.");
                violations.require(
                        !exists || vectors.containsKey(ids.get(key)),
                        pointer + i + "/key",
                        "search.like.no_vectors",
                        "This document has no vectors, or none yet: to wait for them, send the Tandem-Sequence of its last write.");
            }
        }
    }

    /** The vector of a document that has one. */
    Vector vector(String key) {
        return Objects.requireNonNull(vectors.get(ids.get(key)));
    }

    Set<UUID> documents() {
        return Set.copyOf(ids.values());
    }
}
