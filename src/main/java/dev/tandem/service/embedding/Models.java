package dev.tandem.service.embedding;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Embedder;
import dev.tandem.work.Backoff;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** What this replica knows about its models: how fast each one is, and which ones are unavailable. */
@Singleton
class Models {

    private static final Logger LOG = Logger.getLogger(Models.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** The desired duration of a portion. */
    private static final double PORTION_SECONDS = 2;

    /** The codes of what does not pass by itself. */
    private static final Set<String> NEEDS_SOMEBODY = Set.of(Embedder.MISCONFIGURED, Embedder.BAD_ANSWER);

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
     * The state of a model.
     *
     * @param rate chunks per second; 0 if none has been measured
     * @param failures how many times in a row the model was unavailable
     * @param until when to ask it again, by this process's clock
     * @param code of the reason why it is unavailable; empty if it is not
     */
    private record State(double rate, int failures, long until, String code) {
        static final State NEW = new State(0, 0, 0, "");

        boolean isUnavailable() {
            return failures > 0 && System.nanoTime() - until < 0;
        }
    }

    /** The models that must not be asked now. */
    Set<String> unavailable() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().isUnavailable())
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    /** How many chunks this model embeds in about two seconds, within limits. */
    int portion(String model) {
        double rate = states.getOrDefault(model, State.NEW).rate;
        int wanted = rate == 0 ? FIRST_PORTION : (int) Math.min(Integer.MAX_VALUE, rate * PORTION_SECONDS);
        return Math.min(largestPortion, Math.max(SMALLEST_PORTION, wanted));
    }

    /**
     * How many chunks of a large document this model gets together: a few in the first call after it was unavailable. Only what it has made of the
     * first ones is kept, and a server that takes one request of several might always take another one.
     */
    int portionOfLarge(String model) {
        return states.getOrDefault(model, State.NEW).failures > 0
                ? Math.min(largestPortion, SMALLEST_PORTION)
                : portion(model);
    }

    /** Records that a model has embedded chunks. */
    void answered(String model, int chunks, Duration took) {
        double now = chunks / Math.max(1e-6, took.toNanos() / 1e9);
        State before = states.getOrDefault(model, State.NEW);
        // The mean of this portion's rate and the old rate, so that a single slow portion is soon forgotten.
        states.put(model, new State(before.rate == 0 ? now : (before.rate + now) / 2, 0, 0, ""));
        if (before.failures > 0) {
            LOG.infof("The embedding model %s is available again.", model);
        }
    }

    /** Records that a model has embedded some chunks before it became unavailable: the pauses before the next call begin anew. */
    void answeredInPart(String model) {
        State before = states.getOrDefault(model, State.NEW);
        states.put(model, new State(before.rate, Math.min(1, before.failures), before.until, before.code));
    }

    /**
     * Records that a model is unavailable, and logs that once for each kind of reason. Unless it only asks for a pause, it may have been
     * given more than it could do in time, so it gets half as much the next time.
     */
    void unavailable(String model, Refusal.Unavailable reason) {
        State before = states.getOrDefault(model, State.NEW);
        int failures = before.failures + 1;
        Duration pause = backoff.jitteredAfter(failures);
        boolean isBusy = reason.code().equals(Embedder.BUSY);
        if (isBusy && pause.compareTo(reason.retryAfter()) < 0) {
            pause = reason.retryAfter();
        }
        double rate = isBusy ? before.rate : portion(model) / (2 * PORTION_SECONDS);
        states.put(model, new State(rate, failures, System.nanoTime() + pause.toNanos(), reason.code()));
        if (!before.code.equals(reason.code())) {
            Logger.Level level = NEEDS_SOMEBODY.contains(reason.code()) ? Logger.Level.ERROR : Logger.Level.WARN;
            LOG.logf(level, "The embedding model %s is unavailable, so its documents wait: %s", model, reason.detail());
        } else {
            LOG.debugf("The embedding model %s is still unavailable: %s", model, reason.detail());
        }
    }
}
