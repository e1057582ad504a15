package dev.tandem.api.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Submission;
import dev.tandem.factory.DocumentDraft;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body that describes a document: at least one of title, content and vector. */
@Schema(examples = """
                {"key": "article-1", "title": "Tea", "content": "Tea is made of leaves.", "metadata": {"year": 2024, "tags": ["drink"]}}
                """)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // read from JSON and handed on, never compared
public record DocumentRequest(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,
        float @Nullable [] vector) {

    /** The body that would describe the document as it is. */
    static DocumentRequest of(Submission current) {
        Document document = current.document();
        return new DocumentRequest(
                document.key(),
                document.title(),
                document.content(),
                document.metadata().values(),
                current.vector() == null ? null : current.vector().toArray());
    }

    DocumentDraft toDraft() {
        return new DocumentDraft(key, title, content, metadata, vector);
    }
}
