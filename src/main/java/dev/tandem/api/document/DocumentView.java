package dev.tandem.api.document;

import dev.tandem.domain.document.Document;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document as the world sees it. */
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
