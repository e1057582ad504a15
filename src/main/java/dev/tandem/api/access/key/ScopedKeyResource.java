package dev.tandem.api.access.key;

import dev.tandem.api.access.Caller;
import dev.tandem.api.access.Requires;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.access.KeyText;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.access.ApiKeyService;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Keys that are made from the key that the caller shows, as the caller could make them without asking. */
@Path("/v1/keys:scope")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
public class ScopedKeyResource {

    private final ApiKeyService keys;
    private final IdempotentPosts once;
    private final Caller caller;

    ScopedKeyResource(ApiKeyService keys, IdempotentPosts once, Caller caller) {
        this.keys = keys;
        this.once = once;
        this.caller = caller;
    }

    @POST
    @Requires(value = Right.READ, on = Requires.On.SOME)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "scopeKey",
            summary =
                    "Make a key from the key that you show: it sees the documents that match a filter, until it expires")
    public Uni<RestResponse<ScopedKeyView>> scope(ScopedKeyRequest body) {
        KeyText parent = caller.credential()
                .flatMap(KeyText::parse)
                .orElseThrow(() -> new Refusal.Rejected(
                        "",
                        "key.scope.parent",
                        "Scoped keys are made from the key that you show, if it may only read."));
        return once.read(
                keys.scope(parent, body.filter(), body.expires()),
                made -> RestResponse.ok(new ScopedKeyView(made.text())));
    }
}
