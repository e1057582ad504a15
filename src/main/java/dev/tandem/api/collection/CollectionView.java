package dev.tandem.api.collection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tandem.domain.collection.Collection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A collection in an answer: its description, and the fields that Tandem sets. */
@Schema(examples = """
{"name": "articles", "description": "What we have published", "embedding": {"model": "all-minilm-l6-v2", "dimensions": 384, "metric": "cosine"},
 "chunking": {"maxTokens": 200, "overlapTokens": 20}, "language": "english", "metadataSchema": null, "requireIfMatch": false,
 "history": {"maxVersions": 10, "maxDays": 90},
 "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z"}
""")
public record CollectionView(
        @JsonUnwrapped CollectionRequest description, long version, Instant createdAt, Instant updatedAt) {

    static CollectionView of(Collection collection) {
        return new CollectionView(
                CollectionRequest.of(collection), collection.version(), collection.createdAt(), collection.updatedAt());
    }
}
