package dev.tandem.api.callers;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered in one piece. It holds its slot from the time when its body is there, because a body that dribbles needs
 * nothing that others could use, until its answer is sent or its client is gone. All of this happens on the event loop of its connection.
 */
final class InFlight {

    /** They are served without waiting for a body. */
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private final CallerSlots slots;
    private final String caller;
    private @Nullable Runnable release;
    private boolean ended;

    InFlight(CallerSlots slots, String caller) {
        this.slots = slots;
        this.caller = caller;
    }

    /** @throws dev.tandem.domain.refusal.Refusal.Unavailable if no slot is free for the request */
    void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded() || WITHOUT_BODY.contains(request.method())) {
            release = slots.take(caller);
        } else {
            slots.check(caller);
            request.end().onSuccess(ignored -> arrived());
        }
        context.addEndHandler(ignored -> end());
    }

    private void arrived() {
        if (!ended) {
            release = slots.count(caller);
        }
    }

    private void end() {
        ended = true;
        if (release != null) {
            release.run();
        }
    }
}
