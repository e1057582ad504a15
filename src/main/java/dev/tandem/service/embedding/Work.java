package dev.tandem.service.embedding;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.HeldTask;
import java.util.UUID;

/** A document that this replica is to embed, with its collection, whose settings apply. */
record Work(HeldTask held, Collection collection, Document document) {

    UUID id() {
        return document.id();
    }

    String model() {
        return collection.embedding().model();
    }

    /** How many attempts the document has had, including the present one. */
    int attempts() {
        return held.task().attempts() + 1;
    }

    /** Whether an earlier attempt failed or ended with its process. */
    boolean isTried() {
        return held.task().attempts() > 0;
    }

    Work untried() {
        return new Work(held.untried(), collection, document);
    }
}
