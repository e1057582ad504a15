package dev.tandem.house.bad.service;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.metadata.Metadata;
import java.time.Instant;
import java.util.UUID;

/** A document that no factory has judged. */
public final class BuildsADocument {

    public Document build() {
        return new Document(
                new Identity(new UUID(0, 1), new UUID(0, 2), "key", Instant.EPOCH),
                new Body(Text.of(null, "text"), Metadata.EMPTY, null),
                Versioning.first(Instant.EPOCH, null));
    }
}
