package dev.tandem.house.bad.service;

import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.Metadata;
import java.time.Instant;
import java.util.UUID;

/** A document that no factory has judged. */
public final class BuildsADocument {

    public Document build() {
        return new Document(
                new UUID(0, 1),
                new UUID(0, 2),
                "key",
                null,
                "text",
                Metadata.EMPTY,
                ContentHash.of(null, "text"),
                1,
                1,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }
}
