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
     * @param switched null if no alias points to the successor
     */
    record Following(@Nullable Switched switched, Position position) implements CopyPlace {

        private static final String NEVER = "-";

        @Override
        public String text() {
            return "follow " + (switched == null ? NEVER : switched.text()) + " " + PositionText.of(position);
        }
    }

    /**
     * An alias points to the successor.
     *
     * @param at when the copy saw that
     * @param quietSince since when nobody has written into the source
     */
    record Switched(Instant at, Instant quietSince) {

        private static final String AND = "/";

        private String text() {
            return at + AND + quietSince;
        }

        private static Switched of(String text) {
            String[] parts = text.split(AND, 2);
            return new Switched(Instant.parse(parts[0]), Instant.parse(parts[parts.length - 1]));
        }
    }

    /** The place that a job has stored. */
    static CopyPlace of(String text) {
        String[] parts = text.split(" ", 3);
        Position position = PositionText.position(parts[2]);
        if (parts[0].equals("read")) {
            return new Reading(UUID.fromString(parts[1]), position);
        }
        return new Following(parts[1].equals(Following.NEVER) ? null : Switched.of(parts[1]), position);
    }
}
