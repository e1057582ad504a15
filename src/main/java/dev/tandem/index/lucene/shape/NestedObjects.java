package dev.tandem.index.lucene.shape;

import dev.tandem.domain.metadata.Metadata;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The members of a document's metadata that have objects in them, as JSON. Terms and points say of a document what all of its objects have
 * together; this says what each of them has.
 */
public final class NestedObjects {

    private NestedObjects() {}

    /** Null if there are none, as in most metadata. */
    static @Nullable BytesRef of(Metadata metadata) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(metadata.values());
        members.values().removeIf(value -> !hasObject(value));
        return members.isEmpty()
                ? null
                : new BytesRef(new JsonObject(members).toBuffer().getBytes());
    }

    /** No filter reaches an object in a list inside a list. */
    private static boolean hasObject(@Nullable Object value) {
        return value instanceof Map<?, ?>
                || (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance));
    }

    /** The inverse of {@link #of}. */
    public static Metadata read(BytesRef stored) {
        Buffer json = Buffer.buffer(stored.length).appendBytes(stored.bytes, stored.offset, stored.length);
        return new Metadata(new JsonObject(json).getMap());
    }
}
