package dev.tandem.api.job;

import dev.tandem.api.http.CursorCodec;
import dev.tandem.domain.job.JobState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of jobs begins: behind a job. It fits only the list it is from. */
final class JobCursor {

    private JobCursor() {}

    static String encode(UUID id, @Nullable JobState state, @Nullable String collection) {
        return CursorCodec.close(id.toString(), purpose(state, collection));
    }

    static @Nullable UUID decode(@Nullable String cursor, @Nullable JobState state, @Nullable String collection) {
        return cursor == null ? null : UUID.fromString(CursorCodec.open(cursor, purpose(state, collection)));
    }

    private static String purpose(@Nullable JobState state, @Nullable String collection) {
        return "jobs\n" + state + "\n" + collection;
    }
}
