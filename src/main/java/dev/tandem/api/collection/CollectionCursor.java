package dev.tandem.api.collection;

import dev.tandem.api.http.CursorCodec;
import org.jspecify.annotations.Nullable;

/** Where a page of collections begins: behind a name. */
final class CollectionCursor {

    private static final String PURPOSE = "collections";

    private CollectionCursor() {}

    static String encode(String name) {
        return CursorCodec.close(name, PURPOSE);
    }

    /** Before every name where there is no cursor. */
    static String decode(@Nullable String cursor) {
        return cursor == null ? "" : CursorCodec.open(cursor, PURPOSE);
    }
}
