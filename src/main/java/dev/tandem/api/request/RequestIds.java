package dev.tandem.api.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Gives every request an id: the client's own if it is valid, or a new one. The answer and the log repeat it. */
@ApplicationScoped
public class RequestIds {

    /** The header with the id, in requests and answers. */
    public static final String HEADER = "X-Request-Id";

    private static final String LOG_KEY = "requestId";

    private static final Pattern DECENT = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
    private static final int BEFORE_ALL_OTHERS = 1_000;

    void register(@Observes Filters filters) {
        filters.register(
                request -> {
                    String id = of(request);
                    request.response().putHeader(HEADER, id);
                    MDC.put(LOG_KEY, id);
                    request.next();
                },
                BEFORE_ALL_OTHERS);
    }

    /** The request's id. */
    public static String of(RoutingContext request) {
        @Nullable String known = request.get(HEADER);
        if (known != null) {
            return known;
        }
        String id = chosen(request.request().getHeader(HEADER));
        request.put(HEADER, id);
        return id;
    }

    private static String chosen(@Nullable String offered) {
        return offered != null && DECENT.matcher(offered).matches()
                ? offered
                : UUID.randomUUID().toString();
    }
}
