package dev.tandem.embedding.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.http.Outcome.Doubted;
import dev.tandem.embedding.http.Outcome.Made;
import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.RemoteServer;
import dev.tandem.remote.Reply;
import dev.tandem.remote.ServerBusy;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One way to a server: for chunks, or for queries. Each request ends with an {@link Outcome} or fails with {@link Refusal.Unavailable}.
 * After the server has asked for a pause, requests fail here until it is over.
 */
final class EmbeddingServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddingServer.class);
    private static final String PATH = "/embeddings";
    private static final String JSON = "application/json";

    private final ServerSettings settings;
    private final ApiKey key;
    private final Dimensions dimensions;
    private final Troubles troubles;
    private final WorkerPool pool;
    private final RemoteServer remote;

    /** When the pause ends that the server has asked for, by this process's clock. */
    private volatile long pausedUntil = System.nanoTime();

    /** @param pool reads answers and files */
    EmbeddingServer(
            Vertx vertx,
            RemoteOptions options,
            ServerSettings settings,
            ApiKey key,
            Dimensions dimensions,
            WorkerPool pool) {
        this.settings = settings;
        this.key = key;
        this.dimensions = dimensions;
        this.troubles = new Troubles(settings.name(), key);
        this.pool = pool;
        this.remote = new RemoteServer(vertx, options);
    }

    /** Asks for the vectors of these texts. */
    Uni<Outcome> ask(List<String> texts) {
        return Uni.createFrom().deferred(() -> {
            Duration pause = Duration.ofNanos(pausedUntil - System.nanoTime());
            if (pause.isPositive()) {
                Duration whole = pause.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
                return Uni.createFrom().failure(troubles.busy("It has asked for a pause", Optional.of(whole)));
            }
            return remote.ask(HttpMethod.POST, PATH, headers(), request(texts).toBuffer())
                    .onFailure()
                    .transform(failure -> failure instanceof ServerBusy
                            ? troubles.tooManyQueries()
                            : troubles.away(String.valueOf(failure.getMessage())))
                    .chain(reply -> judge(reply, texts.size()));
        });
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(key.headers());
        headers.put("Content-Type", JSON);
        headers.put("Accept", JSON);
        return headers;
    }

    private JsonObject request(List<String> texts) {
        JsonObject request = new JsonObject()
                .put("model", settings.model())
                .put("input", new JsonArray(texts))
                .put("encoding_format", "float");
        return settings.server().sendDimensions() ? request.put("dimensions", settings.dimensions()) : request;
    }

    private Uni<Outcome> judge(Reply reply, int texts) {
        if (reply.isSuccess()) {
            return pool.run(() -> read(reply.body().getBytes(), texts));
        }
        String said = troubles.said(reply);
        return switch (reply.status()) {
            case 429 -> pause(reply, said);
            case 400, 413, 422 -> Uni.createFrom().item(new Doubted(said, false, troubles.misconfigured(said)));
            // Some servers answer these for a text that is too long.
            case 424, 500 -> Uni.createFrom().item(new Doubted(said, true, troubles.away(said)));
            case 408, 425 -> Uni.createFrom().failure(troubles.away(said));
            default -> {
                if (reply.status() > 500) {
                    yield reply.retryAfter().isPresent()
                            ? pause(reply, said)
                            : Uni.createFrom().failure(troubles.away(said));
                }
                yield refused(reply.status(), said);
            }
        };
    }

    private Outcome read(byte[] json, int texts) {
        try {
            Made made = new Made(AnswerReader.read(json, texts, dimensions.known()));
            dimensions.learn(made.vectors().getFirst().dimensions());
            return made;
        } catch (AnswerReader.NotFinite e) {
            String reason = String.valueOf(e.getMessage());
            return new Doubted(reason, false, troubles.badAnswer(reason));
        } catch (AnswerReader.Unusable e) {
            throw troubles.badAnswer(String.valueOf(e.getMessage()));
        }
    }

    private Uni<Outcome> pause(Reply reply, String said) {
        reply.retryAfter().ifPresent(asked -> pausedUntil = System.nanoTime() + asked.toNanos());
        return Uni.createFrom().failure(troubles.busy(said, reply.retryAfter()));
    }

    /** The settings are wrong, or the secret has been changed. */
    private Uni<Outcome> refused(int status, String said) {
        Refusal failure = troubles.misconfigured(said);
        if (!key.isOfFile() || (status != 401 && status != 403)) {
            return Uni.createFrom().failure(failure);
        }
        return pool.<Outcome>run(() -> {
                    key.refresh();
                    throw failure;
                })
                .onFailure(IllegalStateException.class)
                .transform(unreadable -> {
                    LOG.error(unreadable.getMessage());
                    return failure;
                });
    }

    Troubles troubles() {
        return troubles;
    }

    @Override
    public void close() {
        remote.close();
    }
}
