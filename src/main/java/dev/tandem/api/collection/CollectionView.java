package dev.tandem.api.collection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tandem.domain.collection.Collection;
import java.time.Instant;

/** A collection as the world sees it: what describes it, and what Tandem adds. */
public record CollectionView(
        @JsonUnwrapped CollectionRequest description, long version, Instant createdAt, Instant updatedAt) {

    static CollectionView of(Collection collection) {
        return new CollectionView(
                CollectionRequest.of(collection), collection.version(), collection.createdAt(), collection.updatedAt());
    }
}
