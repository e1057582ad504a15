package dev.tandem.service.maintenance;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How many documents a job has asked vectors for, and the last of them, as the cursor of the job. */
record AskedDocuments(long count, UUID last) {

    static final UUID BEGINNING = new UUID(0, 0);

    static AskedDocuments of(@Nullable String cursor) {
        if (cursor == null) {
            return new AskedDocuments(0, BEGINNING);
        }
        String[] parts = cursor.split(" ", 2);
        return new AskedDocuments(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
    }

    AskedDocuments and(List<UUID> next) {
        return new AskedDocuments(count + next.size(), next.getLast());
    }

    String cursor() {
        return count + " " + last;
    }
}
