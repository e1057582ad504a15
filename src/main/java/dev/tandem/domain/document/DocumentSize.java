package dev.tandem.domain.document;

import java.util.List;
import java.util.UUID;

/**
 * How large a document is.
 *
 * @param bytes about: of its content and its metadata
 */
public record DocumentSize(UUID id, long bytes) {

    /** How many of the first are no larger than that together; one always fits. */
    public static int fitting(List<DocumentSize> documents, long largest) {
        long bytes = 0;
        int fitting = 0;
        for (DocumentSize document : documents) {
            bytes += document.bytes;
            if (fitting > 0 && bytes > largest) {
                break;
            }
            fitting++;
        }
        return fitting;
    }
}
