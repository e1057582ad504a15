package dev.tandem.service.job;

import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The clients that listen to jobs. One query serves all listeners, and for a slow listener only the latest state is kept. */
@ApplicationScoped
public class JobWatch {

    private final JobService jobs;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    JobWatch(JobService jobs) {
        this.jobs = jobs;
    }

    /**
     * The present state of the job, and then its state after each change that is seen, until it ends. Fails with {@link Refusal.NotFound}
     * if there is no such job.
     */
    public Multi<Job> listen(UUID id) {
        return jobs.get(id).onItem().transformToMulti(now -> Multi.createFrom()
                .emitter(emitter -> begin(new Listener(id, emitter), now), BackPressureStrategy.LATEST));
    }

    private void begin(Listener listener, Job now) {
        listeners.add(listener);
        listener.emitter.onTermination(() -> listeners.remove(listener));
        listener.tell(now);
        if (closed) {
            listener.end();
        }
    }

    /** Ends all streams. Later listeners receive only the present state. */
    public void close() {
        closed = true;
        listeners.forEach(Listener::end);
    }

    /** The number of listeners. */
    public int listeners() {
        return listeners.size();
    }

    /** Reads the jobs with listeners, and informs the listeners. */
    public Uni<Void> look() {
        // The next look serves listeners that are added from now on.
        List<Listener> present = List.copyOf(listeners);
        Set<UUID> ids = present.stream().map(Listener::jobId).collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return jobs.byIds(ids)
                .map(found -> found.stream().collect(Collectors.toMap(Job::id, Function.identity())))
                .invoke(found -> tell(present, found))
                .replaceWithVoid();
    }

    private static void tell(List<Listener> listeners, Map<UUID, Job> jobs) {
        for (Listener listener : listeners) {
            listener.tell(jobs.get(listener.jobId));
        }
    }

    private static final class Listener {

        private final UUID jobId;
        private final MultiEmitter<? super Job> emitter;
        private @Nullable Job last;

        Listener(UUID jobId, MultiEmitter<? super Job> emitter) {
            this.jobId = jobId;
            this.emitter = emitter;
        }

        UUID jobId() {
            return jobId;
        }

        void end() {
            emitter.complete();
        }

        /** @param now null if the job no longer exists */
        synchronized void tell(@Nullable Job now) {
            if (now == null) {
                emitter.complete();
                return;
            }
            if (!now.equals(last)) {
                last = now;
                emitter.emit(now);
            }
            if (now.state().isEnded()) {
                emitter.complete();
            }
        }
    }
}
