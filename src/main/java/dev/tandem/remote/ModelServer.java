package dev.tandem.remote;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The server of a model, which is sent texts with a secret. After it has asked for a pause, requests fail here until the pause is over. After it
 * has refused the secret of a file, the file is read again.
 */
public final class ModelServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ModelServer.class);
    private static final String JSON = "application/json";

    private final ServerKey key;
    private final ServerTroubles troubles;
    private final WorkerPool pool;
    private final RemoteServer remote;

    /** When the pause ends that the server has asked for, by this process's clock. */
    private volatile long pausedUntil = System.nanoTime();

    /** @param pool reads files */
    public ModelServer(Vertx vertx, RemoteOptions options, ServerKey key, ServerTroubles troubles, WorkerPool pool) {
        this.key = key;
        this.troubles = troubles;
        this.pool = pool;
        this.remote = new RemoteServer(vertx, options);
    }

    /**
     * Sends JSON. The reply is a success, or has a status that may be about what was sent: 400, 413, 422, 424 or 500. Everything else fails
     * with {@link Refusal.Unavailable}.
     *
     * @param path below the server's address, beginning with a slash
     */
    public Uni<Reply> ask(String path, Buffer json) {
        return Uni.createFrom().deferred(() -> {
            Duration pause = Duration.ofNanos(pausedUntil - System.nanoTime());
            if (pause.isPositive()) {
                Duration whole = pause.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
                return Uni.createFrom().failure(troubles.busy("It has asked for a pause", Optional.of(whole)));
            }
            return remote.ask(HttpMethod.POST, path, headers(), json)
                    .onFailure()
                    .transform(failure -> failure instanceof ServerBusy
                            ? troubles.tooManyQueries()
                            : troubles.away(String.valueOf(failure.getMessage())))
                    .chain(this::judge);
        });
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(key.headers());
        headers.put("Content-Type", JSON);
        headers.put("Accept", JSON);
        return headers;
    }

    private Uni<Reply> judge(Reply reply) {
        if (reply.isSuccess()) {
            return Uni.createFrom().item(reply);
        }
        return switch (reply.status()) {
            case 429 -> pause(reply);
            case 400, 413, 422, 424, 500 -> Uni.createFrom().item(reply);
            case 408, 425 -> Uni.createFrom().failure(troubles.away(troubles.said(reply)));
            default -> {
                if (reply.status() > 500) {
                    yield reply.retryAfter().isPresent()
                            ? pause(reply)
                            : Uni.createFrom().failure(troubles.away(troubles.said(reply)));
                }
                yield refused(reply);
            }
        };
    }

    private Uni<Reply> pause(Reply reply) {
        reply.retryAfter().ifPresent(asked -> pausedUntil = System.nanoTime() + asked.toNanos());
        return Uni.createFrom().failure(troubles.busy(troubles.said(reply), reply.retryAfter()));
    }

    /** The settings are wrong, or the secret has been changed. */
    private Uni<Reply> refused(Reply reply) {
        Refusal failure = troubles.misconfigured(troubles.said(reply));
        if (!key.isOfFile() || (reply.status() != 401 && reply.status() != 403)) {
            return Uni.createFrom().failure(failure);
        }
        return pool.<Reply>run(() -> {
                    key.refresh();
                    throw failure;
                })
                .onFailure(IllegalStateException.class)
                .transform(unreadable -> {
                    LOG.error(unreadable.getMessage());
                    return failure;
                });
    }

    @Override
    public void close() {
        remote.close();
    }
}
