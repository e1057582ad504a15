package dev.tandem.service.copy;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.change.PositionText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far a copy has come: first it reads all documents of the source by id, then it follows the source's changes. */
sealed interface CopyPlace {

    UUID BEGINNING = new UUID(0, 0);

    /** In the log of the source: it has seen everything before this. */
    Position position();

    /** As a job stores it. */
    String text();

    /**
     * It reads the rows.
     *
     * @param after the last document that it has read
     * @param position from before the first row was read
     */
    record Reading(UUID after, Position position) implements CopyPlace {

        @Override
        public String text() {
            return "read " + after + " " + PositionText.of(position);
        }
    }

    /**
     * It follows the log.
     *
     * @param switchedAt when it saw that an alias points to the successor; null if none does
     */
    record Following(@Nullable Instant switchedAt, Position position) implements CopyPlace {

        private static final String NEVER = "-";

        @Override
        public String text() {
            return "follow " + (switchedAt == null ? NEVER : switchedAt) + " " + PositionText.of(position);
        }
    }

    /** The place that a job has stored. */
    static CopyPlace of(String text) {
        String[] parts = text.split(" ", 3);
        Position position = PositionText.position(parts[2]);
        if (parts[0].equals("read")) {
            return new Reading(UUID.fromString(parts[1]), position);
        }
        return new Following(parts[1].equals(Following.NEVER) ? null : Instant.parse(parts[1]), position);
    }
}
