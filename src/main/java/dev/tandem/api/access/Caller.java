package dev.tandem.api.access;

import dev.tandem.api.request.RequestIds;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.rules.Choice;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who makes the present request. */
@Singleton
public class Caller {

    private static final String KEY = Principal.class.getName();

    private final CurrentVertxRequest current;
    private final Refusals refusals;

    Caller(CurrentVertxRequest current, Refusals refusals) {
        this.current = current;
        this.refusals = refusals;
    }

    static void set(RoutingContext request, Principal principal) {
        request.put(KEY, principal);
    }

    /** Who makes this request. It is known before any route is chosen. */
    public static Principal of(RoutingContext request) {
        @Nullable Principal principal = request.get(KEY);
        if (principal == null) {
            throw new IllegalStateException("A request has reached a route without being authenticated.");
        }
        return principal;
    }

    public Principal principal() {
        return of(current.getCurrent());
    }

    /** The request's id, for the audit. */
    public String requestId() {
        return RequestIds.of(current.getCurrent());
    }

    /** What the request shows to say who makes it; empty if it shows nothing. */
    public Optional<String> credential() {
        return Optional.ofNullable(Authentication.credential(current.getCurrent()));
    }

    /** The documents that the caller may see in the collections that it may read. */
    public Scope scope() {
        return principal().scope();
    }

    public Grants grants() {
        return principal().grants();
    }

    /**
     * Refuses the request if the caller lacks a right on a collection that is to be made.
     *
     * @throws Refusal.Denied whether the collection exists or not
     */
    public void requireOnNew(Right right, String collection) {
        refusals.noting(current.getCurrent(), () -> {
            if (!principal().may(right, collection)) {
                throw lacking(right);
            }
        });
    }

    /**
     * Refuses the present request when it is known which collections it is about. What is returned takes their names, at any time, and throws as
     * {@link #require} does.
     */
    public Consumer<String> demanding(Right right) {
        RoutingContext request = current.getCurrent();
        return collection -> refusals.noting(request, () -> require(of(request), right, collection));
    }

    /**
     * Refuses a request whose caller lacks a right on a collection.
     *
     * @throws Refusal.NotFound if it does not see the collection, as if that did not exist
     * @throws Refusal.Denied if it sees it
     */
    static void require(Principal principal, Right right, String collection) {
        require(principal, right, collection, collection);
    }

    /**
     * As above, for a request that names the collection by an alias, perhaps.
     *
     * @param named the name in the request: the only one that a caller is told who does not see the collection
     */
    static void require(Principal principal, Right right, String collection, String named) {
        if (!principal.may(right, collection)) {
            throw principal.sees(collection) ? lacking(right) : Refusal.NotFound.of(Collection.NOUN, named);
        }
    }

    static Refusal lacking(Right right) {
        return new Refusal.Denied(
                "access.right_missing",
                "This needs the right '" + Choice.word(right) + "', which you do not have here.");
    }
}
