package dev.tandem.service.document;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.StoredVectors;

/**
 * A document as it is read back.
 *
 * @param vectors {@link StoredVectors#NONE} where they were not asked for
 */
public record StoredDocument(Document document, StoredVectors vectors) {

    static StoredDocument withoutVectors(Document document) {
        return new StoredDocument(document, StoredVectors.NONE);
    }
}
