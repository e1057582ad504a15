package dev.tandem.work;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows work in traces, with the statements and the calls of other servers that are part of it. Where there are no traces, the work is done as it
 * is.
 */
@Singleton
public class Spans {

    private final Tracer tracer;
    private final Vertx vertx;

    Spans(Tracer tracer, Vertx vertx) {
        this.tracer = tracer;
        this.vertx = vertx;
    }

    /** The same work as a part of the request that it is done for. The parts of a request are done one after the other. */
    public <T extends @Nullable Object> Uni<T> part(String name, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Span span = tracer.spanBuilder(name).startSpan();
            return span.getSpanContext().isValid() && VertxContext.isOnDuplicatedContext() ? within(span, work) : work;
        });
    }

    /**
     * The same work as a trace of its own, because no request waits for it.
     *
     * @param details what it is about
     */
    public <T extends @Nullable Object> Uni<T> alone(String name, Map<String, String> details, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            SpanBuilder builder = tracer.spanBuilder(name).setNoParent();
            details.forEach(builder::setAttribute);
            Span span = builder.startSpan();
            return span.getSpanContext().isValid() ? inOwnContext(within(span, work)) : work;
        });
    }

    @SuppressWarnings("MustBeClosedChecker") // closed when the work ends
    private static <T extends @Nullable Object> Uni<T> within(Span span, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Scope scope = span.makeCurrent();
            return work.onFailure()
                    .invoke(failure ->
                            // Its message may tell of what it was sent.
                            span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName()))
                    .onTermination()
                    .invoke(() -> {
                        scope.close();
                        span.end();
                    });
        });
    }

    /** A span is found again by the Vert.x context of the work, so work that happens beside it needs another one. */
    private <T extends @Nullable Object> Uni<T> inOwnContext(Uni<T> work) {
        return CallerContext.keep(Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            VertxContext.createNewDuplicatedContext(caller == null ? vertx.getOrCreateContext() : caller)
                    .runOnContext(ignored -> {
                        var running = work.subscribe().with(emitter::complete, emitter::fail);
                        emitter.onTermination(running::cancel);
                    });
        }));
    }
}
