package dev.tandem.api.openapi;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notes how long an event loop was busy with other things before it came to a small task. What counts is the time of the processor that its
 * thread has used meanwhile, so that a busy machine is not taken for a blocked loop.
 */
final class EventLoopWatch implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final List<ScheduledExecutorService> clocks = new ArrayList<>();
    private final AtomicLong longest = new AtomicLong();

    EventLoopWatch(Vertx vertx) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            clocks.add(clock);
            long thread = loop.submit(() -> Thread.currentThread().threadId())
                    .syncUninterruptibly()
                    .getNow();
            clock.scheduleWithFixedDelay(() -> look(loop, thread), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look(EventExecutor loop, long thread) {
        long before = THREADS.getThreadCpuTime(thread);
        loop.submit(() -> longest.accumulateAndGet(THREADS.getThreadCpuTime(thread) - before, Math::max))
                .syncUninterruptibly();
    }

    /** Since the last call, or since the start. */
    Duration longest() {
        return Duration.ofNanos(longest.getAndSet(0));
    }

    @Override
    public void close() {
        clocks.forEach(ScheduledExecutorService::shutdownNow);
    }
}
