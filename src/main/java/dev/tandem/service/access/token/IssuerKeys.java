package dev.tandem.service.access.token;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.RemoteServer;
import dev.tandem.remote.Reply;
import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer. They are fetched when they are first needed, from time to time, and when a token names another one, but then
 * not more often than every ten seconds. While the issuer is away, those that are known go on serving.
 */
final class IssuerKeys implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final long ASKED_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final int WAITING = 16;

    private final URI address;
    private final long refreshNanos;
    private final RemoteServer server;

    private @Nullable List<JsonWebKey> known;
    private long knownSince;
    private @Nullable Uni<List<JsonWebKey>> asking;
    private long askedAt;

    IssuerKeys(Vertx vertx, URI address, Duration refresh, Duration timeout) {
        this.address = address;
        this.refreshNanos = refresh.toNanos();
        this.server = new RemoteServer(
                vertx, new RemoteOptions(root(address), Map.of(), timeout, 1, WAITING, LARGEST_ANSWER));
    }

    /** The keys, as they were at most the refresh time ago. Fails with {@link Refusal.Unavailable} if they were never fetched and cannot be. */
    Uni<List<JsonWebKey>> present() {
        return CallerContext.keep(Uni.createFrom().deferred(this::presentOrFetched));
    }

    /** The keys, fetched now unless that was just done. */
    Uni<List<JsonWebKey>> renewed() {
        return CallerContext.keep(Uni.createFrom().deferred(this::fetchedUnlessJustAsked));
    }

    private synchronized Uni<List<JsonWebKey>> presentOrFetched() {
        List<JsonWebKey> keys = known;
        boolean isFresh = keys != null && System.nanoTime() - knownSince < refreshNanos;
        return keys != null && isFresh ? Uni.createFrom().item(keys) : fetchedUnlessJustAsked();
    }

    private synchronized Uni<List<JsonWebKey>> fetchedUnlessJustAsked() {
        if (asking != null) {
            return asking;
        }
        if (known != null && System.nanoTime() - askedAt < ASKED_AGAIN_NANOS) {
            return Uni.createFrom().item(known);
        }
        askedAt = System.nanoTime();
        asking = fetch().onTermination()
                .invoke(this::ended)
                .onFailure()
                .recoverWithUni(this::former)
                .memoize()
                .indefinitely();
        return asking;
    }

    private Uni<List<JsonWebKey>> fetch() {
        return server.ask(HttpMethod.GET, address.getRawPath() + query(address), null)
                .map(IssuerKeys::read)
                .invoke(this::learned);
    }

    private synchronized void learned(List<JsonWebKey> keys) {
        known = keys;
        knownSince = System.nanoTime();
    }

    private synchronized void ended() {
        asking = null;
    }

    private synchronized Uni<List<JsonWebKey>> former(Throwable failure) {
        LOG.warnf("The keys of the issuer of tokens cannot be fetched from %s: %s", address, failure);
        return known != null
                ? Uni.createFrom().item(known)
                : Uni.createFrom()
                        .failure(new Refusal.Unavailable(
                                "access.issuer_unavailable",
                                "Tokens cannot be checked at the moment, because their issuer's keys cannot be fetched.",
                                RETRY_AFTER));
    }

    private static List<JsonWebKey> read(Reply reply) {
        if (!reply.isSuccess()) {
            throw new IllegalStateException("it answered " + reply.status());
        }
        try {
            return new JsonWebKeySet(reply.body().toString(StandardCharsets.UTF_8)).getJsonWebKeys();
        } catch (JoseException e) {
            throw new IllegalStateException("it answered no JSON Web Key Set", e);
        }
    }

    private static URI root(URI address) {
        return URI.create(address.getScheme() + "://" + address.getRawAuthority());
    }

    private static String query(URI address) {
        return address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    }

    @Override
    public void close() {
        server.close();
    }
}
