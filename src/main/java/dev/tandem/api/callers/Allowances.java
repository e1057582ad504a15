package dev.tandem.api.callers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.domain.refusal.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What each caller may still ask for, in this process. It grows with the time, up to the burst. */
@ApplicationScoped
class Allowances {

    /** More callers than are known at once begin anew with a full burst. */
    private static final int CALLERS = 100_000;

    private final CallersConfig config;
    private final Cache<String, Bucket> buckets;
    private final LongAdder refused = new LongAdder();

    Allowances(CallersConfig config) {
        this.config = config;
        // What has been silent for so long has a full burst again.
        long secondsToBurst = config.rate() == 0 ? 0 : config.burst() / config.rate() + 1;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(CALLERS)
                .expireAfterAccess(Duration.ofSeconds(secondsToBurst))
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes the cost of a request from what its caller may ask for.
     *
     * @throws Refusal.OverRate if too little of it is left, which then costs nothing
     */
    void spend(String caller, long cost) {
        if (config.rate() == 0) {
            return;
        }
        ConsumptionProbe probe = buckets.get(caller, ignored -> full())
                .tryConsumeAndReturnRemaining(Math.clamp(cost, 1, config.burst()));
        if (!probe.isConsumed()) {
            refused.increment();
            throw new Refusal.OverRate(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** How many requests were refused since the start. */
    long refused() {
        return refused.sum();
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(config.burst()).refillGreedy(config.rate(), Duration.ofSeconds(1)))
                .build();
    }
}
