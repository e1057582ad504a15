package dev.tandem.api.document;

import dev.tandem.domain.document.Document;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A document in an answer. */
@Schema(examples = """
{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "key": "article-1", "title": "Tea", "content": "Tea is made of leaves.",
 "metadata": {"year": 2024, "tags": ["drink"]}, "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z"}
""")
public record DocumentView(
        UUID id,
        String key,
        @Nullable String title,
        @Nullable String content,
        Map<String, @Nullable Object> metadata,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public static DocumentView of(Document document) {
        return new DocumentView(
                document.id(),
                document.key(),
                document.title(),
                document.content(),
                document.metadata().values(),
                document.version(),
                document.createdAt(),
                document.updatedAt());
    }
}
