package dev.tandem.api.gate;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.tandem.api.callers.Closing;
import dev.tandem.api.http.Conditions;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Refuses requests that later stages could misunderstand, before anything of them is read. */
@ApplicationScoped
class RequestGate {

    private static final int AFTER_REQUEST_IDS = 900;
    private static final int LONGEST_ADDRESS = 8_192;

    private final OriginRules origins;

    RequestGate(
            ApiConfig config,
            @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean sharesOrigins) {
        Set<String> hosts = config.hosts().orElse(Set.of());
        this.origins =
                new OriginRules(hosts.stream().map(OriginRules::name).collect(toUnmodifiableSet()), sharesOrigins);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_REQUEST_IDS);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (Closing.isUnderWay(request)) {
            // Perhaps the body of the request that closes the connection: neither done nor answered.
            context.response().close();
            return;
        }
        Refusal framing = FramingRules.refusal(request);
        OptionalInt unread = UnreadRequests.status(request);
        if (framing != null) {
            Closing.after(context);
            context.fail(framing);
        } else if (unread.isPresent()) {
            Closing.after(context);
            context.fail(unread.getAsInt());
        } else if (request.uri().length() > LONGEST_ADDRESS) {
            context.fail(414);
        } else {
            Refusal refusal = refusal(context);
            if (refusal == null) {
                context.next();
            } else {
                context.fail(refusal);
            }
        }
    }

    /** First the address, because the others need one that has a single meaning. */
    private @Nullable Refusal refusal(RoutingContext context) {
        Refusal address = AddressRules.refusal(context.request());
        if (address != null) {
            return address;
        }
        Refusal origin = origins.refusal(context);
        if (origin != null) {
            return origin;
        }
        return Conditions.refusal(context.request().headers());
    }
}
