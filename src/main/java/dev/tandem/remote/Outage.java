package dev.tandem.remote;

import dev.tandem.domain.refusal.Refusal;
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
 * Whether a server is away, since when, and when it is asked again. After some failures in a row nothing is sent until a pause is over, so
 * nobody waits for a server that would not answer. The pauses grow, and all who ask the server share them, so that one that comes back is not
 * met by all of them at once. Logs when the trouble begins and ends.
 */
public final class Outage {

    private static final Logger LOG = Logger.getLogger(Outage.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private static final Duration SOON = Duration.ofSeconds(1);

    private final String server;
    private final String code;
    private final Manner manner;
    private final LongSupplier nanoTime;

    private int failures;
    private @Nullable Trouble trouble;
    private int pauses;
    private long notBefore;

    /**
     * How a server becomes and stops being away.
     *
     * @param tolerated how many failures in a row are none of its own yet
     * @param onlyOne whether each pause lets only one request through, and the next pause begins with it. A server that is silent costs whoever
     *     asks it all the time that they have
     */
    public record Manner(int tolerated, boolean onlyOne) {

        /** Of a server that each search asks, and waits for. A few failures among many answers close nothing. */
        public static final Manner OF_SEARCHES = new Manner(2, true);
    }

    /**
     * A server that is away.
     *
     * @param since when this was noticed
     * @param reason of the failure by which it was noticed
     */
    public record Trouble(Instant since, String reason) {}

    /**
     * @param server what sentences call it
     * @param code of a refusal that means that the server is away; other failures mean nothing. One that is only busy may be asked again at
     *     once, for something else
     */
    public Outage(String server, String code, Manner manner) {
        this(server, code, manner, System::nanoTime);
    }

    Outage(String server, String code, Manner manner, LongSupplier nanoTime) {
        this.server = server;
        this.code = code;
        this.manner = manner;
        this.nanoTime = nanoTime;
    }

    /** The work, unless the server was away a moment ago; what becomes of it is noted. */
    public <T> Uni<T> watch(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            requireDue();
            return work.get().invoke(this::end).onFailure(this::isAway).invoke(this::note);
        });
    }

    private boolean isAway(Throwable failure) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().equals(code);
    }

    private synchronized void note(Throwable cause) {
        failures++;
        if (failures <= manner.tolerated()) {
            return;
        }
        if (trouble == null) {
            String reason = cause instanceof Refusal refusal ? refusal.detail() : cause.toString();
            trouble = new Trouble(Instant.now(), reason);
            LOG.warnf("%s is away, and is asked again until it answers: %s", server, reason);
        } else if (left() > 0) {
            // One of several requests that were under way together.
            return;
        }
        pause();
    }

    private void pause() {
        pauses++;
        notBefore = nanoTime.getAsLong() + BACKOFF.jitteredAfter(pauses).toNanos();
    }

    private synchronized void end() {
        if (trouble != null) {
            LOG.infof("%s answers again.", server);
        }
        failures = 0;
        trouble = null;
        pauses = 0;
    }

    public synchronized Optional<Trouble> state() {
        return Optional.ofNullable(trouble);
    }

    /** Whether there is trouble and it is time to ask again. */
    public synchronized boolean isDue() {
        return trouble != null && left() <= 0;
    }

    private synchronized void requireDue() {
        if (trouble == null) {
            return;
        }
        Duration left = Duration.ofNanos(left());
        if (left.isPositive()) {
            throw new Refusal.Unavailable(
                    code,
                    trouble.reason() + " It is asked again after a pause.",
                    left.compareTo(SOON) < 0 ? SOON : left);
        }
        if (manner.onlyOne()) {
            pause();
        }
    }

    private long left() {
        return notBefore - nanoTime.getAsLong();
    }
}
