package dev.tandem.index.lucene.store;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.IndexTrouble;
import dev.tandem.work.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether an index's disk fails, since when, and when it is tried again, after growing pauses. Logs when the trouble begins and ends. */
public final class DiskTrouble {

    private static final Logger LOG = Logger.getLogger(DiskTrouble.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** Its longest pause is shorter than the pauses of the log's followers, so that none of their attempts comes too early. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_600));

    private final IndexFolder folder;

    private @Nullable IndexTrouble trouble;
    private int times;
    private long notBefore;

    DiskTrouble(IndexFolder folder) {
        this.folder = folder;
    }

    /** Notes that the disk has failed, for the first time or again. */
    synchronized void note(Throwable cause) {
        if (trouble == null) {
            trouble = new IndexTrouble(Instant.now(), cause.toString());
            LOG.warnf("The index in %s can't be written or opened, and is tried again until it can: %s", folder, cause);
        } else {
            LOG.debugf(cause, "The index in %s still fails.", folder);
        }
        times++;
        notBefore = System.nanoTime() + BACKOFF.after(times).toNanos();
    }

    /** Notes that a commit was written to the disk. */
    synchronized void end() {
        if (trouble != null) {
            LOG.infof("The index in %s can be written again.", folder);
        }
        trouble = null;
        times = 0;
    }

    public synchronized Optional<IndexTrouble> state() {
        return Optional.ofNullable(trouble);
    }

    /** Whether there is trouble and it is time to try again. */
    synchronized boolean isDue() {
        return trouble != null && System.nanoTime() - notBefore >= 0;
    }

    /** @throws Refusal.Unavailable while it is too early to try again */
    void requireDue() {
        if (state().isPresent() && !isDue()) {
            throw unavailable();
        }
    }

    public static Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable(
                "index.unavailable",
                "This replica can't use the index of this collection now: its disk fails.",
                RETRY_AFTER);
    }
}
