package dev.tandem.embedding.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.embedding.Embedder;
import dev.tandem.embedding.http.Outcome.Doubted;
import dev.tandem.embedding.http.Outcome.Made;
import dev.tandem.remote.ModelServer;
import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.Reply;
import dev.tandem.remote.ServerKey;
import dev.tandem.remote.ServerTroubles;
import dev.tandem.remote.UnusableAnswer;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** One way to a server: for chunks, or for queries. Each request ends with an {@link Outcome} or fails with {@link Refusal.Unavailable}. */
final class EmbeddingServer implements AutoCloseable {

    static final String AWAY = "embedding.away";

    private static final String PATH = "/embeddings";

    private static final ServerTroubles.Codes CODES =
            new ServerTroubles.Codes(AWAY, Embedder.BUSY, Embedder.MISCONFIGURED, Embedder.BAD_ANSWER);

    private final ServerSettings settings;
    private final Dimensions dimensions;
    private final ServerTroubles troubles;
    private final WorkerPool pool;
    private final ModelServer server;

    /** @param pool reads answers and files */
    EmbeddingServer(
            Vertx vertx,
            RemoteOptions options,
            ServerSettings settings,
            ServerKey key,
            Dimensions dimensions,
            WorkerPool pool) {
        this.settings = settings;
        this.dimensions = dimensions;
        this.troubles = new ServerTroubles(
                "The server of the embedding model '" + settings.name() + "'", settings.rules(), CODES, key);
        this.pool = pool;
        this.server = new ModelServer(vertx, options, key, troubles, pool);
    }

    /** Asks for the vectors of these texts. */
    Uni<Outcome> ask(List<String> texts) {
        return server.ask(PATH, request(texts).toBuffer()).chain(reply -> judge(reply, texts.size()));
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
        // Some servers answer these for a text that is too long.
        boolean passes = reply.status() == 424 || reply.status() == 500;
        return Uni.createFrom()
                .item(new Doubted(said, passes, passes ? troubles.away(said) : troubles.misconfigured(said)));
    }

    private Outcome read(byte[] json, int texts) {
        try {
            Made made = new Made(AnswerReader.read(json, texts, dimensions.known()));
            dimensions.learn(made.vectors().getFirst().dimensions());
            return made;
        } catch (AnswerReader.NotFinite e) {
            String reason = String.valueOf(e.getMessage());
            return new Doubted(reason, false, troubles.badAnswer(reason));
        } catch (UnusableAnswer e) {
            throw troubles.badAnswer(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
