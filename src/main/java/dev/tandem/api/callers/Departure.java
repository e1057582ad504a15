package dev.tandem.api.callers;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends clients to other replicas while this one waits for its end: each connection is closed after an answer that says so. Otherwise a client
 * would keep its connection to the end, and send a request just when it is closed.
 */
@ApplicationScoped
class Departure {

    private static final int AFTER_REQUEST_GATE = 899;

    /** A stream of HTTP/2 that has begun may take as long. */
    private static final long PATIENCE_MILLIS = 60_000;

    private volatile boolean isLeaving;

    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        isLeaving = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_REQUEST_GATE);
    }

    private void check(RoutingContext context) {
        if (isLeaving) {
            close(context);
        }
        context.next();
    }

    private static void close(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        if (context.request().version() == HttpVersion.HTTP_2) {
            connection.shutdown(PATIENCE_MILLIS);
        } else {
            Closing.after(context);
        }
    }
}
