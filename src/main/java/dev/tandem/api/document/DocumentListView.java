package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.paging.Cursor;
import dev.tandem.domain.Page;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.document.Keyset;
import dev.tandem.service.document.StoredDocument;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of documents.
 *
 * @param nextCursor null on the last page
 * @param previousCursor null on the first page
 * @param count only present if requested
 */
@Schema(examples = """
{"items": [{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "key": "article-1", "title": "Tea", "content": "Tea is made of leaves.",
 "metadata": {"year": 2024, "tags": ["drink"]}, "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z",
 "expiresAt": null}], "nextCursor": null, "previousCursor": null, "count": 1}
""")
public record DocumentListView(
        List<DocumentView> items,
        @Nullable String nextCursor,
        @Nullable String previousCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long count) {

    static DocumentListView of(Page<StoredDocument> page, DocumentQuery query, Cursor<Keyset> cursor) {
        boolean isBackwards = query.from().isBackwards();
        List<StoredDocument> items = isBackwards ? page.items().reversed() : page.items();
        // The side that a page was reached from counts as more, even if all that was there has been deleted since.
        boolean isAtAnEnd = query.from().entry() == null;
        boolean hasNext = isBackwards ? !isAtAnEnd : page.hasMore();
        boolean hasPrevious = isBackwards ? page.hasMore() : !isAtAnEnd;
        return new DocumentListView(
                items.stream().map(DocumentView::of).toList(),
                hasNext ? cursor.at(behind(items, query.order())) : null,
                hasPrevious ? cursor.at(before(items, query.order())) : null,
                page.count());
    }

    private static Keyset behind(List<StoredDocument> items, DocumentOrder order) {
        return items.isEmpty()
                ? Keyset.BEGINNING
                : Keyset.behind(items.getLast().document(), order);
    }

    private static Keyset before(List<StoredDocument> items, DocumentOrder order) {
        return items.isEmpty() ? Keyset.END : Keyset.before(items.getFirst().document(), order);
    }
}
