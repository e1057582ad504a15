package dev.tandem.api.parked;

import dev.tandem.domain.embedding.ParkedTask;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a collection's documents whose embedding was given up, the latest first.
 *
 * @param nextCursor null on the last page
 */
@Schema(examples = """
{"items": [{"collection": "articles", "key": "article-1", "attempts": 5, "parkedAt": "2026-11-23T10:15:30Z", "error": "OrtException: out of memory"}],
 "nextCursor": null}
""")
public record ParkedPageView(
        List<ParkedView> items, @Nullable String nextCursor) {

    /** @param tasks one more than {@code limit} where there are more */
    static ParkedPageView of(List<ParkedTask> tasks, String collection, int limit) {
        boolean more = tasks.size() > limit;
        List<ParkedTask> shown = more ? tasks.subList(0, limit) : tasks;
        return new ParkedPageView(
                shown.stream().map(ParkedView::of).toList(),
                more ? ParkedCursor.encode(shown.getLast(), collection) : null);
    }
}
