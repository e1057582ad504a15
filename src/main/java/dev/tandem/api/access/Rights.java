package dev.tandem.api.access;

import dev.tandem.api.access.Requires.On;
import dev.tandem.api.request.AliasTags;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.access.AliasRights;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a route demands with what its caller may do. */
@Singleton
public class Rights {

    private final Refusals refusals;
    private final AliasRights aliases;

    Rights(Refusals refusals, AliasRights aliases) {
        this.refusals = refusals;
        this.aliases = aliases;
    }

    /**
     * What a route demands, as in {@link Requires}.
     *
     * @param scoped whether callers who see some documents only may use it
     */
    public record Demand(Right right, On on, boolean scoped) {}

    /**
     * Refuses a request whose caller may not do what it asks for. What the name of an address leads to is known when the collection is looked up.
     * If it turns out to be an alias, the right on its collection is demanded then. A name that the caller has no right on may still be an alias of
     * a collection that it has the right on; only this is asked about here.
     *
     * @param named the name in the address, of a collection or the records of a model, if the demand is on one
     * @param operation of the API's description, for the audit
     * @return null if the request may go on; otherwise it may do so when this completes, which fails as below
     * @throws Refusal.NotFound if the caller does not see the collection, as if that did not exist
     * @throws Refusal.Denied if it lacks the right
     */
    public @Nullable Uni<Void> require(RoutingContext request, Demand demand, String named, String operation) {
        Refusals.begin(request, operation);
        Principal principal = Caller.of(request);
        aliases.apply((name, collectionId, own, isSwitched) -> {
            boolean isAlias = !name.equals(own);
            if (isAlias) {
                refusals.noting(request, () -> Caller.require(principal, demand.right(), own, name));
            }
            if (demand.on() == On.COLLECTION && name.equals(named)) {
                AliasTags.begin(request, collectionId, isAlias, isSwitched);
            }
        });
        return allow(request, demand, named);
    }

    /**
     * Refuses a request that names several collections in its body, if its caller may not do with each of them what it asks for.
     *
     * @return the request may go on when this completes; it fails as above
     */
    public Uni<Void> requireOnEach(RoutingContext request, Demand demand, List<String> named, String operation) {
        Refusals.begin(request, operation);
        Principal principal = Caller.of(request);
        aliases.apply((name, collectionId, own, isSwitched) -> {
            if (!name.equals(own)) {
                refusals.noting(request, () -> Caller.require(principal, demand.right(), own, name));
            }
        });
        Uni<Void> allowed = Uni.createFrom().voidItem();
        for (String name : named) {
            Uni<Void> next = allow(request, demand, name);
            allowed = next == null ? allowed : allowed.chain(() -> next);
        }
        return allowed;
    }

    private @Nullable Uni<Void> allow(RoutingContext request, Demand demand, String named) {
        Principal principal = Caller.of(request);
        try {
            check(principal, demand, named);
            return null;
        } catch (Refusal refusal) {
            if (!mayBeAlias(principal, demand, named)) {
                refusals.note(request, refusal);
                throw refusal;
            }
            return aliases.follow(named)
                    .invoke(isAlias -> refusals.noting(request, () -> {
                        if (!isAlias) {
                            throw refusal;
                        }
                        checkScope(principal, demand);
                    }))
                    .replaceWithVoid();
        }
    }

    /** Whether a request has been refused because of the name that it names a collection by. */
    private static boolean mayBeAlias(Principal principal, Demand demand, String named) {
        return demand.on() == On.COLLECTION && !principal.isRoot() && !principal.may(demand.right(), named);
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
        checkScope(principal, demand);
    }

    private static void checkScope(Principal principal, Demand demand) {
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
