package dev.tandem.domain.collection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which search engine has a collection's index.
 *
 * @param engine its name
 * @param former the engine before, which follows the rows too, and which searches use until the present one has caught up; null for none
 * @param formerUntil when the former engine's index may go; null while searches may need it
 */
public record IndexSettings(
        String engine, @Nullable String former, @Nullable Instant formerUntil) {

    /** The index inside the process. */
    public static final String LUCENE = "lucene";

    public static final IndexSettings DEFAULT = in(LUCENE);

    public static IndexSettings in(String engine) {
        return new IndexSettings(engine, null, null);
    }

    /** The settings after a move to another engine. */
    public IndexSettings movedTo(String other) {
        return new IndexSettings(other, engine, null);
    }

    /** The settings when every search can use the present engine. The former one is kept for a while, so that the move can be undone. */
    public IndexSettings arrived(Instant until) {
        return new IndexSettings(engine, former, until);
    }

    /** Whether searches may still need the former engine. */
    public boolean isMoving() {
        return former != null && formerUntil == null;
    }

    /** Whether the former engine's index may go. */
    public boolean isFormerOver(Instant now) {
        return formerUntil != null && !now.isBefore(formerUntil);
    }

    /** Whether the engine has to have the index, as the present or as the former one. */
    public boolean uses(String name) {
        return engine.equals(name) || name.equals(former);
    }
}
