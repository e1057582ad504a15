package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.api.paging.Cursor;
import dev.tandem.domain.Page;
import dev.tandem.domain.document.DocumentOrder;
import dev.tandem.domain.document.Keyset;
import dev.tandem.service.document.StoredDocument;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of documents.
 *
 * @param nextCursor null on the last page
 * @param count only present if requested
 */
@Schema(examples = """
{"items": [{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "key": "article-1", "title": "Tea", "content": "Tea is made of leaves.",
 "metadata": {"year": 2024, "tags": ["drink"]}, "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z"}], "nextCursor": null, "count": 1}
""")
public record DocumentListView(
        List<DocumentView> items,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long count) {

    static DocumentListView of(Page<StoredDocument> page, DocumentOrder order, Cursor<Keyset> cursor) {
        return new DocumentListView(
                page.items().stream().map(DocumentView::of).toList(),
                page.next(last -> cursor.behind(Keyset.behind(last.document(), order))),
                page.count());
    }
}
