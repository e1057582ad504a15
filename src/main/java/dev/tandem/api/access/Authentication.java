package dev.tandem.api.access;

import dev.tandem.api.request.ApiAddress;
import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.access.Audit;
import dev.tandem.service.access.Authenticator;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request, before a route is chosen and before anything of the body is read. It is a filter of Vert.x, because imports
 * have a route of Vert.x.
 */
@ApplicationScoped
class Authentication {

    private static final String REFUSED = "refused: %s";

    private static final int AFTER_REQUEST_GATE = 895;
    private static final String NOBODY = "";
    private static final String LOG_KEY = "caller";

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([!-~]+) *");

    private final Authenticator authenticator;
    private final Audit audit;

    Authentication(Authenticator authenticator, Audit audit) {
        this.authenticator = authenticator;
        this.audit = audit;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_REQUEST_GATE);
    }

    private void check(RoutingContext context) {
        if (!ApiAddress.isOf(context)) {
            context.next();
            return;
        }
        if (authenticator.isOpen()) {
            admit(context, Principal.ANYBODY);
            return;
        }
        // Nothing of the body may be lost while a key is looked up.
        context.request().pause();
        authenticator
                .authenticate(credential(context))
                .subscribe()
                .with(principal -> admit(context, principal), failure -> {
                    if (failure instanceof Refusal.Unauthenticated refusal) {
                        audit.count(NOBODY, REFUSED.formatted(refusal.code()), null, RequestIds.of(context));
                    }
                    context.fail(failure);
                });
    }

    private static void admit(RoutingContext context, Principal principal) {
        Caller.set(context, principal);
        if (principal.isNamed()) {
            MDC.put(LOG_KEY, principal.name());
        }
        context.next();
    }

    /** What the request shows; null if it shows nothing. Another scheme, or two headers, show something that is not valid. */
    static @Nullable String credential(RoutingContext context) {
        List<String> headers = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) {
            return null;
        }
        Matcher bearer = BEARER.matcher(headers.getFirst());
        return headers.size() == 1 && bearer.matches() ? bearer.group(1) : NOBODY;
    }
}
