package dev.tandem.api.idempotency;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Remembers of the body of a request with an Idempotency-Key whether it is the same as another: its SHA-256, taken in passing. */
@Provider
@Priority(Priorities.HEADER_DECORATOR) // before the body is read
public class BodyDigest implements ReaderInterceptor {

    private static final String DIGEST = BodyDigest.class.getName();
    private static final String NO_BODY = "";

    private final CurrentVertxRequest current;

    BodyDigest(CurrentVertxRequest current) {
        this.current = current;
    }

    /** The digest of a request's body; empty where no body was read. */
    static String of(RoutingContext request) {
        return request.get(DIGEST, NO_BODY);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!context.getHeaders().containsKey(Once.KEY)) {
            return context.proceed();
        }
        MessageDigest digest = sha256();
        context.setInputStream(new DigestInputStream(context.getInputStream(), digest));
        Object body = context.proceed();
        current.getCurrent().put(DIGEST, HexFormat.of().formatHex(digest.digest()));
        return body;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
