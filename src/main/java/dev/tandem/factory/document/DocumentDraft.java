package dev.tandem.factory.document;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.embedding.Vector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as a caller describes it, unchecked. Null is "not said".
 *
 * @param removesVector whether the caller says that the document has no vector of its own; otherwise one that isn't said stays
 * @param author who the caller says it is by
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the edge to the factory, never compared
public record DocumentDraft(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,
        float @Nullable [] vector,
        boolean removesVector,
        @Nullable String author) {

    /** A draft without an author, in which a vector that is null is not said. */
    public DocumentDraft(
            @Nullable String key,
            @Nullable String title,
            @Nullable String content,
            @Nullable Map<String, @Nullable Object> metadata,
            float @Nullable [] vector) {
        this(key, title, content, metadata, vector, false, null);
    }

    /** What would make a document be as it is, or was. */
    public static DocumentDraft of(DocumentState submission) {
        Document document = submission.document();
        Vector vector = submission.vector();
        return new DocumentDraft(
                document.key(),
                document.title(),
                document.content(),
                document.metadata().values(),
                vector == null ? null : vector.toArray(),
                vector == null,
                document.author());
    }

    public DocumentDraft withKey(String newKey) {
        return new DocumentDraft(newKey, title, content, metadata, vector, removesVector, author);
    }

    /** The same document, explicitly without a vector of its own. */
    public DocumentDraft withoutVector() {
        return new DocumentDraft(key, title, content, metadata, null, true, author);
    }

    /** Whether nothing is said of a vector. */
    public boolean keepsVector() {
        return vector == null && !removesVector;
    }

    public DocumentDraft by(@Nullable String newAuthor) {
        return new DocumentDraft(key, title, content, metadata, vector, removesVector, newAuthor);
    }
}
