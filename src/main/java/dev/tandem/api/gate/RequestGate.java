package dev.tandem.api.gate;

import dev.tandem.api.http.Conditions;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Refuses requests that later stages could misunderstand, before anything of them is read. */
@ApplicationScoped
class RequestGate {

    private static final int AFTER_REQUEST_IDS = 900;
    private static final int LONGEST_ADDRESS = 8_192;

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_REQUEST_IDS);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > LONGEST_ADDRESS) {
            context.fail(414);
        } else {
            Refusal refusal = refusal(request);
            if (refusal == null) {
                context.next();
            } else {
                context.fail(refusal);
            }
        }
    }

    private static @Nullable Refusal refusal(HttpServerRequest request) {
        Refusal address = AddressRules.refusal(request);
        if (address != null) {
            return address;
        }
        return Conditions.refusal(request.headers());
    }
}
