package dev.tandem.testing;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobError;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.service.job.JobWork;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of job that can be held, made to fail, and asked whether a step ever ran twice at the same time. Each step stores its number as an
 * error of the job, so the rows show what was committed.
 */
@Singleton
public class ProbeWork implements JobWork.InOneStep {

    public static final String KIND = "probe";
    public static final String STEPS = "steps";

    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile int toHold;
    private volatile CompletableFuture<Void> gate = new CompletableFuture<>();
    private volatile Supplier<@Nullable Throwable> failure = () -> null;
    private volatile Supplier<@Nullable RuntimeException> fault = () -> null;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Prepared> prepare(Job job) {
        RuntimeException thrown = fault.get();
        if (thrown != null) {
            throw thrown;
        }
        return JobWork.InOneStep.super.prepare(job);
    }

    @Override
    public Uni<Step> step(Job job) {
        tries.incrementAndGet();
        if (!underWay.add(job.id())) {
            overlaps.incrementAndGet();
        }
        Throwable failed = failure.get();
        Uni<Step> step = failed == null
                ? hold().replaceWith(() -> next(job))
                : Uni.createFrom().failure(failed);
        return step.eventually(() -> underWay.remove(job.id()));
    }

    private Uni<Void> hold() {
        if (held.get() >= toHold || held.incrementAndGet() > toHold) {
            return Uni.createFrom().voidItem();
        }
        return Waiting.meet(gate);
    }

    private static Step next(Job job) {
        long number = job.done() + 1;
        long steps = ((Number) job.parameters().get(STEPS)).longValue();
        Step step = number == steps ? Step.end() : Step.to("at " + number);
        return step.done(1)
                .total(steps)
                .failed(0, List.of(new JobError("step " + number, new Violation("", "probe", "done"))));
    }

    /** Resets it to its initial state. */
    public void reset() {
        release();
        failure = () -> null;
        fault = () -> null;
        tries.set(0);
        overlaps.set(0);
    }

    /** Holds that many next steps in the middle of their transactions. */
    public void hold(int steps) {
        gate = new CompletableFuture<>();
        held.set(0);
        toHold = steps;
    }

    public void release() {
        toHold = 0;
        gate.complete(null);
    }

    /** How many steps are held. */
    public int held() {
        return Math.min(held.get(), toHold);
    }

    /** Each step fails with the result of this function, or succeeds if that is null. */
    public void failWith(Supplier<@Nullable Throwable> cause) {
        failure = cause;
    }

    /** Preparing a step throws the result of this function, like a bug would, or succeeds if that is null. */
    public void throwWhenPreparing(Supplier<@Nullable RuntimeException> cause) {
        fault = cause;
    }

    /** How many steps have started. */
    public int tries() {
        return tries.get();
    }

    /** How often a step started while another one of the same job was running. */
    public int overlaps() {
        return overlaps.get();
    }
}
