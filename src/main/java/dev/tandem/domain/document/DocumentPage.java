package dev.tandem.domain.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of documents.
 *
 * @param next where the next page begins; null where there is none
 * @param count how many match in all; null where nobody asked
 */
public record DocumentPage(
        List<Document> documents,
        @Nullable Keyset next,
        @Nullable Long count) {}
