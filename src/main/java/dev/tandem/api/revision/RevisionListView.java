package dev.tandem.api.revision;

import dev.tandem.domain.document.Revision;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a document's history, newest first.
 *
 * @param nextCursor null on the last page
 */
@Schema(examples = """
{"items": [{"version": 2, "writtenAt": "2026-11-23T09:00:00Z", "author": "ada@example.org", "changed": ["title", "metadata"]},
 {"version": 1, "writtenAt": "2026-11-22T12:00:00Z", "author": null, "changed": null}], "nextCursor": null}
""")
public record RevisionListView(
        List<RevisionView> items, @Nullable String nextCursor) {

    /** @param found one more than the page has, if there is one */
    static RevisionListView of(List<Revision> found, int limit, String collection, String key) {
        boolean more = found.size() > limit;
        List<Revision> shown = more ? found.subList(0, limit) : found;
        return new RevisionListView(
                shown.stream().map(RevisionView::of).toList(),
                more ? RevisionCursor.encode(shown.getLast().version(), collection, key) : null);
    }
}
