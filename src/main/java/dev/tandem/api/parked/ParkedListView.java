package dev.tandem.api.parked;

import dev.tandem.domain.embedding.ParkedTask;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Parked documents, newest first. */
@Schema(examples = """
{"items": [{"collection": "articles", "key": "article-1", "attempts": 5, "parkedAt": "2026-11-23T10:15:30Z", "error": "OrtException: out of memory"}]}
""")
public record ParkedListView(List<ParkedView> items) {

    static ParkedListView of(List<ParkedTask> tasks) {
        return new ParkedListView(tasks.stream().map(ParkedView::of).toList());
    }
}
