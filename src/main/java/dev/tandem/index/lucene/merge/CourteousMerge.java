package dev.tandem.index.lucene.merge;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;

/**
 * A merge that gives way. Building a graph of vectors is long work for a processor, and nobody waits for it. So it looks, a hundred times a
 * second, whether it got the processor whenever it wanted it. If it did not, others want it too, and it pauses for as long as it
 * worked. On a machine that has nothing else to do it works all the time.
 */
final class CourteousMerge extends MergePolicy.OneMerge {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    /** With less than this part of the time on a processor, it had to wait for one. */
    private static final double UNDISTURBED = 0.8;

    /** As long as it worked: it keeps half of a processor. */
    private static final long PAUSES = 1;

    private static final long LONGEST_NANOS = Duration.ofMillis(50).toNanos();

    private long threadId;
    private long lookedAt;
    private long workedBefore;

    private final Runnable done;

    /** @param done is run when it has ended well */
    CourteousMerge(List<SegmentCommitInfo> segments, Runnable done) {
        super(segments);
        this.done = done;
    }

    @Override
    public void mergeFinished(boolean success, boolean segmentDropped) throws IOException {
        super.mergeFinished(success, segmentDropped);
        if (success) {
            done.run();
        }
    }

    /** Lucene asks before it adds a vector to a graph. */
    @Override
    public void checkAborted() throws MergePolicy.MergeAbortedException {
        super.checkAborted();
        if (THREADS.isCurrentThreadCpuTimeSupported()) {
            giveWay();
        }
    }

    private synchronized void giveWay() {
        long now = System.nanoTime();
        if (threadId != Thread.currentThread().threadId()) {
            look(now);
        } else if (now - lookedAt >= LOOK_NANOS) {
            long worked = THREADS.getCurrentThreadCpuTime() - workedBefore;
            if (worked < UNDISTURBED * (now - lookedAt)) {
                LockSupport.parkNanos(Math.min(LONGEST_NANOS, PAUSES * worked));
            }
            look(System.nanoTime());
        }
    }

    private void look(long now) {
        threadId = Thread.currentThread().threadId();
        lookedAt = now;
        workedBefore = THREADS.getCurrentThreadCpuTime();
    }
}
