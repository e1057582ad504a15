package dev.tandem.api.access;

import dev.tandem.api.access.Requires.On;
import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.access.Audit;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Compares what a route demands with what its caller may do. */
@Singleton
public class Rights {

    private static final String REFUSED = "refused: %s";

    private final Audit audit;

    Rights(Audit audit) {
        this.audit = audit;
    }

    /**
     * What a route demands, as in {@link Requires}.
     *
     * @param scoped whether callers who see some documents only may use it
     */
    public record Demand(Right right, On on, boolean scoped) {}

    /**
     * Refuses a request whose caller may not do what it asks for.
     *
     * @param collection the one that the address names, or the records of a model, if the demand is on one
     * @param operation of the API's description, for the audit
     * @throws Refusal.NotFound if the caller does not see the collection, as if that did not exist
     * @throws Refusal.Denied if it lacks the right
     */
    public void require(RoutingContext request, Demand demand, String collection, String operation) {
        Principal principal = Caller.of(request);
        try {
            check(principal, demand, collection);
        } catch (Refusal refusal) {
            audit.count(principal.name(), REFUSED.formatted(refusal.code()), operation, RequestIds.of(request));
            throw refusal;
        }
    }

    private static void check(Principal principal, Demand demand, String collection) {
        Right right = demand.right();
        if (principal.isRoot() && demand.on() != On.KEYS) {
            throw new Refusal.Denied("access.root_key", "The root key is for /v1/keys only. Make a key with it.");
        }
        switch (demand.on()) {
            case COLLECTION -> Caller.require(principal, right, collection);
            // Whether a model exists is no secret: the description of the API has it.
            case RECORDS -> require(principal.may(right, collection), right);
            case SOME -> require(principal.grants().allowSomewhere(right), right);
            case ALL -> require(principal.grants().allowEverywhere(right), right);
            case KEYS -> require(principal.isRoot() || principal.grants().allowSomewhere(right), right);
        }
        if (principal.scope().isLimited() && !demand.scoped()) {
            throw new Refusal.Denied(
                    "access.scoped_key",
                    "A scoped key lists, searches, counts, exports and reads documents, and does nothing else.");
        }
    }

    private static void require(boolean isAllowed, Right right) {
        if (!isAllowed) {
            throw Caller.lacking(right);
        }
    }
}
