package dev.tandem.factory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document as a caller describes it, unchecked. Null is "not said". */
@SuppressWarnings("ArrayRecordComponent") // handed from the edge to the factory, never compared
public record DocumentDraft(
        @Nullable String key,
        @Nullable String title,
        @Nullable String content,
        @Nullable Map<String, @Nullable Object> metadata,
        float @Nullable [] vector) {

    public DocumentDraft withKey(String newKey) {
        return new DocumentDraft(newKey, title, content, metadata, vector);
    }
}
