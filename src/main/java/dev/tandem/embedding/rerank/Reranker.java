package dev.tandem.embedding.rerank;

import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.remote.ModelServer;
import dev.tandem.remote.Outage;
import dev.tandem.remote.Reply;
import dev.tandem.remote.ServerKey;
import dev.tandem.remote.ServerTroubles;
import dev.tandem.remote.UnusableAnswer;
import dev.tandem.work.CallerContext;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * A model of a server that says how well texts answer a query. Nothing is tried twice: a search that waits for another try is slower than one
 * without a reranker.
 */
public final class Reranker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Reranker.class);
    private static final String PATH = "/rerank";
    private static final String AWAY = "rerank.away";

    private static final ServerTroubles.Codes CODES =
            new ServerTroubles.Codes(AWAY, "rerank.busy", "rerank.misconfigured", "rerank.bad_answer");

    private final RerankSettings settings;
    private final ServerTroubles troubles;
    private final ModelServer server;
    private final WorkerPool pool;
    private final Outage outage;
    private final AtomicBoolean isFailing = new AtomicBoolean();

    /** @param pool writes requests, and reads answers and files */
    Reranker(Vertx vertx, RerankSettings settings, WorkerPool pool) {
        ServerKey key = settings.key();
        this.settings = settings;
        this.troubles = new ServerTroubles(
                "The server of the reranker '" + settings.name() + "'", settings.rules(), CODES, key);
        this.server = new ModelServer(vertx, settings.options(), key, troubles, pool);
        this.pool = pool;
        this.outage = new Outage("The reranker " + settings.name(), AWAY, Outage.Manner.OF_SEARCHES);
    }

    /** Texts that go together, and the place of the first of them in the call. */
    private record Batch(int from, List<String> texts) {}

    /** The name by which searches choose this reranker. */
    public String name() {
        return settings.name();
    }

    /** How much of a text, and of a query, the server is sent. */
    public int textCharacters() {
        return settings.server().textCharacters();
    }

    /**
     * A score for each text, in their order: the higher, the better the text answers the query. Scores of one call can be compared.
     *
     * <p>Fails within the time of the settings, with {@link Refusal.Unavailable}; at once while the server is away.
     *
     * @param texts at least one, none of them empty
     */
    public Uni<double[]> scores(String query, List<String> texts) {
        String asked = cut(query.strip());
        return CallerContext.keep(outage.watch(() -> inTime(asked, texts))
                .invoke(this::works)
                .onFailure()
                .invoke(this::fails));
    }

    private Uni<double[]> inTime(String asked, List<String> texts) {
        double[] all = new double[texts.size()];
        return Multi.createFrom()
                .iterable(batches(texts))
                .onItem()
                .transformToUni(batch ->
                        scores(asked, batch).invoke(part -> System.arraycopy(part, 0, all, batch.from(), part.length)))
                .merge(settings.server().concurrency())
                .collect()
                .last()
                .replaceWith(all)
                .ifNoItem()
                .after(settings.server().timeout())
                .failWith(() -> troubles.away(
                        "It did not answer within " + settings.server().timeout()));
    }

    private List<Batch> batches(List<String> texts) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += settings.batchSize()) {
            batches.add(new Batch(from, texts.subList(from, Math.min(texts.size(), from + settings.batchSize()))));
        }
        return batches;
    }

    private String cut(String text) {
        return Excerpt.of(text, textCharacters());
    }

    private Uni<double[]> scores(String query, Batch batch) {
        List<String> texts = batch.texts().stream().map(this::cut).toList();
        return pool.run(() -> settings.server()
                        .protocol()
                        .request(settings.model(), query, texts)
                        .toBuffer())
                .chain(request -> server.ask(PATH, request))
                .chain(reply -> pool.run(() -> read(reply, texts.size())));
    }

    private double[] read(Reply reply, int texts) {
        if (!reply.isSuccess()) {
            String said = troubles.said(reply);
            throw reply.status() == 500 ? troubles.away(said) : troubles.misconfigured(said);
        }
        try {
            return ScoreReader.read(settings.server().protocol(), reply.body().getBytes(), texts);
        } catch (UnusableAnswer e) {
            throw troubles.badAnswer(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the last call had no scores. */
    public boolean isFailing() {
        return isFailing.get();
    }

    /** Searches may go on without the reranker, so that nobody would notice otherwise. */
    private void fails(Throwable failure) {
        if (!isFailing.getAndSet(true)) {
            LOG.warnf("The reranker %s fails: %s", name(), failure.getMessage());
        }
    }

    private void works() {
        if (isFailing.getAndSet(false)) {
            LOG.infof("The reranker %s works again.", name());
        }
    }

    @Override
    public String toString() {
        return "Reranker[" + name() + "]";
    }

    @Override
    public void close() {
        server.close();
    }
}
