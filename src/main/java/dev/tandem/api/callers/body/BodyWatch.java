package dev.tandem.api.callers.body;

import dev.tandem.api.callers.CallersConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Watches how fast each body arrives, also after the answer: until a body ends, its connection is of no use to anybody else. */
@ApplicationScoped
class BodyWatch {

    /** And before the callers are authenticated: the body of one who is not let in must end, too. */
    private static final int AFTER_REQUEST_GATE = 897;

    /** With these methods no address reads a body, so nobody waits for one before the answer has ended, however long that takes. */
    private static final Set<HttpMethod> UNREAD = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private static final int LOOKS_IN_A_WINDOW = 4;

    private final CallersConfig config;
    private final Vertx vertx;

    BodyWatch(CallersConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    void register(@Observes Filters filters) {
        if (config.leastRate() > 0) {
            filters.register(this::watch, AFTER_REQUEST_GATE);
        }
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (mayHaveBody(request) && !request.isEnded()) {
            BodyPace pace = new BodyPace(config.leastRate(), config.patience(), request::bytesRead, System::nanoTime);
            Body body = new Body(context, pace);
            if (UNREAD.contains(request.method())) {
                pace.pause();
                context.addEndHandler(ignored -> pace.await());
            }
            long looks = vertx.setPeriodic(
                    Math.max(1, config.patience().toMillis() / LOOKS_IN_A_WINDOW), ignored -> body.look());
            request.end().onComplete(ignored -> vertx.cancelTimer(looks));
        }
        context.next();
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : !length.equals("0");
    }
}
