package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.document.DocumentPage;
import dev.tandem.domain.search.DocumentQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of documents.
 *
 * @param nextCursor null on the last page
 * @param count there only when asked for
 */
public record DocumentListView(
        List<DocumentView> items,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long count) {

    static DocumentListView of(DocumentPage page, DocumentQuery query, String collection) {
        return new DocumentListView(
                page.documents().stream().map(DocumentView::of).toList(),
                page.next() == null ? null : DocumentCursor.encode(page.next(), query, collection),
                page.count());
    }
}
