package dev.tandem.factory.document;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.embedding.Vector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as a client describes it, not checked yet. Null means that the client did not mention it.
 *
 * @param removesVector whether the client says that the document has no own vector; if not, and no vector is mentioned, the document keeps
 *     its own
 * @param author the author that the client names
 * @param expiry when the document expires
 */
@SuppressWarnings("ArrayRecordComponent") // passed from the edge to the factory, never compared
public record DocumentDraft(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,
        float @Nullable [] vector,
        boolean removesVector,
        @Nullable String author,
        ExpiryDraft expiry) {

    /** A draft without an author, which does not mention when the document expires, and no vector if that is null. */
    public DocumentDraft(
            @Nullable String key,
            @Nullable String title,
            @Nullable String content,
            @Nullable Map<String, @Nullable Object> metadata,
            float @Nullable [] vector) {
        this(key, title, content, metadata, vector, false, null, ExpiryDraft.UNSAID);
    }

    /** The draft that makes a document what it was in this state. */
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
                document.author(),
                new ExpiryDraft.Restored(document.expiresAt()));
    }

    public DocumentDraft withKey(String newKey) {
        return new DocumentDraft(newKey, title, content, metadata, vector, removesVector, author, expiry);
    }

    /** The same document, explicitly without an own vector. */
    public DocumentDraft withoutVector() {
        return new DocumentDraft(key, title, content, metadata, null, true, author, expiry);
    }

    /** Whether the draft does not mention a vector. */
    public boolean keepsVector() {
        return vector == null && !removesVector;
    }

    public DocumentDraft by(@Nullable String newAuthor) {
        return new DocumentDraft(key, title, content, metadata, vector, removesVector, newAuthor, expiry);
    }

    /** The same document, which expires so. */
    public DocumentDraft expiring(ExpiryDraft newExpiry) {
        return new DocumentDraft(key, title, content, metadata, vector, removesVector, author, newExpiry);
    }
}
