package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.service.document.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A document in an answer. */
@Schema(examples = """
{"id": "01a20669-cd09-715e-bbab-3600711aa0e0", "key": "article-1", "title": "Tea", "content": "Tea is made of leaves.",
 "metadata": {"year": 2024, "tags": ["drink"]}, "version": 1, "createdAt": "2026-11-22T12:00:00Z", "updatedAt": "2026-11-22T12:00:00Z",
 "expiresAt": null}
""")
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
public record DocumentView(
        UUID id,
        String key,
        @Nullable String title,
        @Nullable String content,
        Map<String, @Nullable Object> metadata,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) float @Nullable [] vector,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String model,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<EmbeddedChunkView> chunks) {

    public static DocumentView of(Document document) {
        return of(document, StoredVectors.NONE);
    }

    public static DocumentView of(StoredDocument stored) {
        return of(stored.document(), stored.vectors());
    }

    private static DocumentView of(Document document, StoredVectors vectors) {
        Vector own = vectors.own();
        return new DocumentView(
                document.id(),
                document.key(),
                document.title(),
                document.content(),
                document.metadata().values(),
                document.version(),
                document.createdAt(),
                document.updatedAt(),
                document.expiresAt(),
                own == null ? null : own.toArray(),
                vectors.model(),
                EmbeddedChunkView.of(vectors));
    }
}
