package dev.tandem.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server of models that fails on request: it knows which request is to fail in which way, lets requests hang, and counts those that are under
 * way. What it answers is the matter of its kinds.
 *
 * @param <F> the ways to fail
 */
abstract class ScriptedServer<F> implements AutoCloseable {

    private final Vertx vertx;
    private final Queue<F> next = new ConcurrentLinkedQueue<>();
    private final List<Runnable> hanging = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile @Nullable HttpServer server;
    private volatile @Nullable F always;
    private volatile String pause = "";

    ScriptedServer(Vertx vertx) {
        this.vertx = vertx;
    }

    abstract void receive(HttpServerRequest request);

    /** Begins to listen. Returns the port. */
    public int listen(int port) {
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions().setCompressionSupported(true))
                .requestHandler(this::count)
                .listen(port, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        server = listening;
        return listening.actualPort();
    }

    private void count(HttpServerRequest request) {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        request.response().endHandler(end -> underWay.decrementAndGet());
        receive(request);
    }

    /** The next requests fail in these ways, one each. */
    @SafeVarargs
    public final void next(F... faults) {
        next.addAll(List.of(faults));
    }

    /** From now on every request fails in this way; null ends that. */
    public void always(@Nullable F fault) {
        always = fault;
    }

    /** How the request that is answered now has to fail; null if it has not to. */
    final @Nullable F fault() {
        F scripted = next.poll();
        return scripted == null ? always : scripted;
    }

    /** The value of Retry-After; empty for none. */
    public void pause(String value) {
        pause = value;
    }

    /** Tells a client that was refused because the server is busy when to come again. */
    final void sayWhen(HttpServerResponse response, int status) {
        if ((status == 429 || status == 503) && !pause.isEmpty()) {
            response.putHeader("Retry-After", pause);
        }
    }

    /** The most requests that were under way at once. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    public int hangingNow() {
        return hanging.size();
    }

    /** Keeps the answer until {@link #release}. */
    final void hang(Runnable answer) {
        hanging.add(answer);
    }

    /** Answers what hangs. */
    public void release() {
        List<Runnable> all = List.copyOf(hanging);
        hanging.removeAll(all);
        all.forEach(Runnable::run);
    }

    /** Ends all faults. */
    public void reset() {
        next.clear();
        always = null;
        release();
        mostUnderWay.set(0);
    }

    /** No longer listens: connections are refused. */
    @Override
    public void close() {
        release();
        HttpServer listening = server;
        server = null;
        if (listening != null) {
            listening.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
