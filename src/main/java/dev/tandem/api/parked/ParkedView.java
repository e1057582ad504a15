package dev.tandem.api.parked;

import dev.tandem.domain.embedding.ParkedTask;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A parked document.
 *
 * @param error why the last attempt failed
 */
@Schema(examples = """
{"collection": "articles", "key": "article-1", "attempts": 5, "parkedAt": "2026-11-23T10:15:30Z", "error": "OrtException: out of memory"}
""")
public record ParkedView(
        String collection,
        String key,
        int attempts,
        Instant parkedAt,
        @Nullable String error) {

    static ParkedView of(ParkedTask task) {
        return new ParkedView(task.collection(), task.key(), task.attempts(), task.parkedAt(), task.error());
    }
}
