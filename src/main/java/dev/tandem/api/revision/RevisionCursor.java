package dev.tandem.api.revision;

import dev.tandem.api.http.CursorCodec;
import org.jspecify.annotations.Nullable;

/** Where a page of revisions begins: before a version. */
final class RevisionCursor {

    private RevisionCursor() {}

    static String encode(long version, String collection, String key) {
        return CursorCodec.close(Long.toString(version), purpose(collection, key));
    }

    /** Before none where there is no cursor. */
    static long decode(@Nullable String cursor, String collection, String key) {
        return cursor == null ? Long.MAX_VALUE : Long.parseLong(CursorCodec.open(cursor, purpose(collection, key)));
    }

    private static String purpose(String collection, String key) {
        return "revisions\n" + collection + "\n" + key;
    }
}
