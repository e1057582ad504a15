package dev.tandem.sync;

import dev.tandem.domain.refusal.Refusal;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs work that is retried: a warning when it begins to fail, another one after a minute and then ever fewer while it keeps failing, and a
 * line when it works again. A {@link Refusal} is logged by its reason alone, any other failure with its stack trace.
 */
final class FailureLog {

    private static final long FIRST_INTERVAL = Duration.ofMinutes(1).toNanos();
    private static final long LONGEST_INTERVAL = Duration.ofHours(1).toNanos();

    private final Logger log;
    private final String work;
    private final LongSupplier nanoTime;

    private int failures;
    private long interval = FIRST_INTERVAL;
    /** Whether the log has already reported that the work fails. */
    private boolean isReported;

    private boolean wasEverReported;
    private long reportedAt;

    /** @param work the subject of the sentences in the log */
    FailureLog(Logger log, String work) {
        this(log, work, System::nanoTime);
    }

    FailureLog(Logger log, String work, LongSupplier nanoTime) {
        this.log = log;
        this.work = work;
        this.nanoTime = nanoTime;
    }

    synchronized void failed(Throwable failure) {
        failures++;
        long now = nanoTime.getAsLong();
        if (wasEverReported && now - reportedAt < interval) {
            log.debugf(failure, "%s failed again.", work);
            return;
        }
        report(failure);
        interval = isReported ? Math.min(LONGEST_INTERVAL, interval * 2) : FIRST_INTERVAL;
        isReported = true;
        wasEverReported = true;
        reportedAt = now;
    }

    private void report(Throwable failure) {
        Throwable trace = failure instanceof Refusal ? null : failure;
        String reason = failure instanceof Refusal refusal ? refusal.detail() : failure.toString();
        if (failures == 1) {
            log.warnf(trace, "%s failed and is tried again: %s", work, reason);
        } else {
            log.warnf(trace, "%s still fails, now %d times in a row: %s", work, failures, reason);
        }
    }

    synchronized void worked() {
        if (isReported) {
            log.infof("%s works again, after %d failures.", work, failures);
        }
        failures = 0;
        isReported = false;
        interval = FIRST_INTERVAL;
    }
}
