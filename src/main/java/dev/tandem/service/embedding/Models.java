package dev.tandem.service.embedding;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.work.Backoff;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** What this replica has learned of its models: how fast each one is, and which are away. */
@Singleton
class Models {

    private static final Logger LOG = Logger.getLogger(Models.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** What a portion should take. */
    private static final double PORTION_SECONDS = 2;

    private static final int SMALLEST_PORTION = 4;
    private static final int FIRST_PORTION = 32;

    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final Backoff backoff;
    private final int largestPortion;

    Models(EmbeddingPolicy policy) {
        this.backoff = new Backoff(policy.embeddingBackoff(), LONGEST_PAUSE);
        this.largestPortion = policy.embeddingPortion();
    }

    /**
     * What is known of a model.
     *
     * @param rate chunks a second; 0 while none has been measured
     * @param failures how often in a row it was away
     * @param until when it is asked again, by this process's clock
     */
    private record State(double rate, int failures, long until) {
        static final State NEW = new State(0, 0, 0);

        boolean isUnavailable() {
            return failures > 0 && System.nanoTime() - until < 0;
        }
    }

    /** The models that are not to be asked now. */
    Set<String> unavailable() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().isUnavailable())
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    /** How many chunks this model embeds in about two seconds, within bounds. */
    int portion(String model) {
        double rate = states.getOrDefault(model, State.NEW).rate;
        int wanted = rate == 0 ? FIRST_PORTION : (int) Math.min(Integer.MAX_VALUE, rate * PORTION_SECONDS);
        return Math.min(largestPortion, Math.max(SMALLEST_PORTION, wanted));
    }

    /** Notes that a model has embedded chunks. */
    void answered(String model, int chunks, Duration took) {
        double now = chunks / Math.max(1e-6, took.toNanos() / 1e9);
        State before = states.getOrDefault(model, State.NEW);
        // The mean of this portion and of those before it, so that one pause of the machine is soon forgotten.
        states.put(model, new State(before.rate == 0 ? now : (before.rate + now) / 2, 0, 0));
        if (before.failures > 0) {
            LOG.infof("The embedding model %s is back.", model);
        }
    }

    /** Notes that a model is away, and says so once. */
    void unavailable(String model, Refusal.Unavailable reason) {
        State before = states.getOrDefault(model, State.NEW);
        int failures = before.failures + 1;
        states.put(
                model,
                new State(
                        before.rate,
                        failures,
                        System.nanoTime() + backoff.after(failures).toNanos()));
        if (before.failures == 0) {
            LOG.warnf("The embedding model %s is unavailable, so its documents wait: %s", model, reason.detail());
        } else {
            LOG.debugf("The embedding model %s is still unavailable: %s", model, reason.detail());
        }
    }
}
