package dev.tandem.api.idempotency;

import dev.tandem.api.access.Caller;
import dev.tandem.domain.idempotency.Fingerprint;
import dev.tandem.domain.idempotency.IdempotencyKey;
import dev.tandem.domain.idempotency.RequestClaim;
import dev.tandem.domain.refusal.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the name and the content of a request. */
@Singleton
class Claims {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    /** @throws Refusal.Malformed if the Idempotency-Key is not valid */
    void check(RoutingContext request) {
        key(request);
    }

    /**
     * The claim of a request with a key.
     *
     * @param body tells the request's body from others
     */
    RequestClaim of(RoutingContext request, String body) {
        IdempotencyKey key = new IdempotencyKey(
                Caller.of(request).name(), request.request().method().name(), request.normalizedPath(), key(request));
        return new RequestClaim(key.hash(), fingerprint(request, body), UUID.randomUUID());
    }

    private static String key(RoutingContext request) {
        List<String> keys = request.request().headers().getAll(IdempotentPosts.KEY);
        if (keys.size() != 1 || !VISIBLE.matcher(keys.getFirst()).matches()) {
            throw new Refusal.Malformed(
                    "idempotency.malformed",
                    "",
                    "A request may have one Idempotency-Key, of 1 to 255 visible ASCII characters.");
        }
        return keys.getFirst();
    }

    private static String fingerprint(RoutingContext request, String body) {
        return Fingerprint.of(
                body,
                String.valueOf(request.request().query()),
                String.valueOf(request.request().getHeader(HttpHeaders.CONTENT_TYPE)));
    }
}
