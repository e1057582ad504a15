package dev.tandem.api.idempotency;

import dev.tandem.domain.Sha256;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Computes the SHA-256 of the body of a request with an Idempotency-Key while the body is read. It tells the body from others. */
@Provider
@Priority(Priorities.HEADER_DECORATOR) // before the body is read
public class BodyDigest implements ReaderInterceptor {

    private static final String DIGEST = BodyDigest.class.getName();
    private static final String NO_BODY = "";

    private final CurrentVertxRequest current;

    BodyDigest(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * The digest of a request's body; empty if there is no body. If the route takes no body, nothing has read it yet, and it is read here.
     */
    static Uni<String> of(RoutingContext context) {
        String taken = context.get(DIGEST);
        if (taken != null) {
            return Uni.createFrom().item(taken);
        }
        return Uni.createFrom().deferred(() -> {
            HttpServerRequest request = context.request();
            if (request.isEnded()) {
                return Uni.createFrom().item(NO_BODY);
            }
            return unread(request).emitOn(MutinyHelper.executor(Vertx.currentContext()));
        });
    }

    /** However long the body is, only its digest is kept. */
    private static Uni<String> unread(HttpServerRequest request) {
        return Uni.createFrom().emitter(emitter -> {
            Sha256 digest = new Sha256();
            AtomicBoolean isThere = new AtomicBoolean();
            request.exceptionHandler(emitter::fail)
                    .handler(piece -> {
                        isThere.set(true);
                        digest.add(piece.getBytes());
                    })
                    .endHandler(ignored -> emitter.complete(isThere.get() ? digest.hex() : NO_BODY));
            request.resume();
        });
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!context.getHeaders().containsKey(IdempotentPosts.KEY)) {
            return context.proceed();
        }
        Sha256 digest = new Sha256();
        context.setInputStream(digest.addWhileReading(context.getInputStream()));
        Object body = context.proceed();
        current.getCurrent().put(DIGEST, digest.hex());
        return body;
    }
}
