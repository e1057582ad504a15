package dev.tandem.domain.document;

import java.util.List;
import java.util.UUID;

/**
 * The approximate size of a document.
 *
 * @param bytes of its title, its content and its metadata
 */
public record DocumentSize(UUID id, long bytes) {

    /** How many documents from the start of the list fit into {@code largest} bytes together; at least one. */
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
