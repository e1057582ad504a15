package dev.tandem.api.job;

import dev.tandem.api.callers.CallerSlots;
import dev.tandem.api.callers.RequestKind;
import dev.tandem.api.callers.Slots;
import dev.tandem.service.job.JobWatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job's states as server-sent events: {@code progress} while it runs, and {@code ended} at the end. Comments in between keep proxies from
 * closing the connection.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
@Singleton
class JobEvents {

    private static final String PROGRESS = "progress";
    private static final String ENDED = "ended";

    private final JobWatch watch;
    private final CallerSlots slots;
    private final JobEventsConfig config;
    private final Vertx vertx;

    JobEvents(JobWatch watch, Slots slots, JobEventsConfig config, Vertx vertx) {
        this.watch = watch;
        this.slots = slots.of(RequestKind.EVENTS);
        this.config = config;
        this.vertx = vertx;
    }

    /** @param caller who listens */
    Multi<OutboundSseEvent> of(UUID id, Sse sse, String caller) {
        return slots.hold(
                caller, Multi.createFrom().emitter(emitter -> begin(id, sse, emitter), BackPressureStrategy.LATEST));
    }

    private void begin(UUID id, Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        Cancellable states = watch.listen(id)
                .map(JobView::of)
                .skip()
                .repetitions()
                .subscribe()
                .with(state -> emitter.emit(event(state, sse)), emitter::fail, emitter::complete);
        long heartbeat = vertx.setPeriodic(config.heartbeat().toMillis(), ignored -> {
            // If the client reads too slowly, the comment would replace a state.
            if (emitter.requested() > 0) {
                emitter.emit(sse.newEventBuilder().comment("").build());
            }
        });
        emitter.onTermination(() -> {
            states.cancel();
            vertx.cancelTimer(heartbeat);
        });
    }

    /** Equal for the same state, on every replica. */
    private static String id(JobView job) {
        return Stream.of(
                        job.state(),
                        job.progress().done(),
                        job.progress().failed(),
                        job.progress().total(),
                        job.sequence())
                .map(part -> part == null ? "" : part.toString())
                .collect(Collectors.joining("."));
    }

    private static OutboundSseEvent event(JobView job, Sse sse) {
        return sse.newEventBuilder()
                .id(id(job))
                .name(job.endedAt() == null ? PROGRESS : ENDED)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(JobView.class, job)
                .build();
    }
}
