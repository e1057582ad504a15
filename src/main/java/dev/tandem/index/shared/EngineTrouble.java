package dev.tandem.index.shared;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.IndexTrouble;
import dev.tandem.work.Backoff;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether an engine is away, since when, and when it is asked again, after growing pauses. All collections share the pauses, so that an
 * engine that comes back is not met by all of them at once. Logs when the trouble begins and ends.
 */
final class EngineTrouble {

    /** The code of an engine that does not answer. One that is only busy may be asked again at once, for something else. */
    static final String AWAY = "engine.unavailable";

    private static final Logger LOG = Logger.getLogger(EngineTrouble.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private final String engine;
    private final LongSupplier nanoTime;

    private @Nullable IndexTrouble trouble;
    private int times;
    private long notBefore;

    EngineTrouble(String engine) {
        this(engine, System::nanoTime);
    }

    EngineTrouble(String engine, LongSupplier nanoTime) {
        this.engine = engine;
        this.nanoTime = nanoTime;
    }

    /** The work, unless the engine was away a moment ago; what becomes of it is noted. */
    <T> Uni<T> watch(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            requireDue();
            return work.get().invoke(this::end).onFailure(EngineTrouble::isAway).invoke(this::note);
        });
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().equals(AWAY);
    }

    private synchronized void note(Throwable cause) {
        if (trouble == null) {
            String reason = cause instanceof Refusal refusal ? refusal.detail() : cause.toString();
            trouble = new IndexTrouble(Instant.now(), reason);
            LOG.warnf("The engine %s is away, and is asked again until it answers: %s", engine, reason);
        } else if (left() > 0) {
            // One of several requests that were under way together.
            return;
        }
        times++;
        notBefore = nanoTime.getAsLong() + BACKOFF.jitteredAfter(times).toNanos();
    }

    private synchronized void end() {
        if (trouble != null) {
            LOG.infof("The engine %s answers again.", engine);
        }
        trouble = null;
        times = 0;
    }

    synchronized Optional<IndexTrouble> state() {
        return Optional.ofNullable(trouble);
    }

    /** Whether there is trouble and it is time to ask again. */
    synchronized boolean isDue() {
        return trouble != null && left() <= 0;
    }

    private synchronized void requireDue() {
        if (trouble != null && left() > 0) {
            throw new Refusal.Unavailable(
                    AWAY,
                    "The engine " + engine + " is away: " + trouble.reason(),
                    Duration.ofMillis(Math.max(1_000, Duration.ofNanos(left()).toMillis())));
        }
    }

    private long left() {
        return notBefore - nanoTime.getAsLong();
    }
}
