package dev.tandem.api.parked;

import dev.tandem.api.http.CursorCodec;
import dev.tandem.domain.embedding.ParkedTask;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of a collection's parked documents begins: behind one of them. */
final class ParkedCursor {

    private static final String PURPOSE = "parked of ";

    private ParkedCursor() {}

    static String encode(ParkedTask last, String collection) {
        return CursorCodec.close(last.parkedAt() + " " + last.documentId(), PURPOSE + collection);
    }

    /** Null where there is no cursor: the list begins with the latest. */
    static ParkedTask.@Nullable Place decode(@Nullable String cursor, String collection) {
        if (cursor == null) {
            return null;
        }
        String[] parts = CursorCodec.open(cursor, PURPOSE + collection).split(" ", 2);
        return new ParkedTask.Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    }
}
