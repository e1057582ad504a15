package dev.tandem.api.document;

import dev.tandem.service.document.Fetched;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Documents by their keys. Each key that was asked for is in one of the lists.
 *
 * @param items in the order of their keys
 * @param missing the keys that no document has
 * @param remaining the keys of documents that are there and would make this answer too large: to be asked for next; usually empty
 */
@Schema(examples = """
{"items": [{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "key": "article-1", "title": "Tea", "content": "Tea is made of leaves.",
 "metadata": {"year": 2024, "tags": ["drink"]}, "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z",
 "expiresAt": null}],
 "missing": ["article-2"], "remaining": []}
""")
public record FetchView(List<DocumentView> items, List<String> missing, List<String> remaining) {

    static FetchView of(Fetched fetched) {
        return new FetchView(
                fetched.found().stream().map(DocumentView::of).toList(), fetched.missing(), fetched.remaining());
    }
}
