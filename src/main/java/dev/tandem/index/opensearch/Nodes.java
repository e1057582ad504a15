package dev.tandem.index.opensearch;

import dev.tandem.remote.RemoteOptions;
import dev.tandem.remote.RemoteServer;
import dev.tandem.remote.Reply;
import dev.tandem.remote.ServerAway;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The addresses of one cluster. All ask the one that answered last; when it does not answer, the next one is asked the same. */
final class Nodes implements AutoCloseable {

    /** More than any answer to Tandem's questions. */
    private static final int LARGEST_ANSWER = 64 << 20;

    private final List<RemoteServer> servers;
    private final AtomicInteger preferred = new AtomicInteger();

    /** A node that is silent costs time. With less than this left, the request fails, and the one after it asks the next node. */
    private final Duration patience;

    Nodes(Vertx vertx, OpenSearchConfig config) {
        Map<String, String> headers = Credentials.headers(config);
        this.patience = config.timeout().dividedBy(2);
        this.servers = config.addresses().stream()
                .map(address -> new RemoteServer(
                        vertx,
                        new RemoteOptions(
                                address,
                                headers,
                                config.timeout(),
                                config.connections(),
                                config.queue(),
                                LARGEST_ANSWER)))
                .toList();
    }

    /** @param question may be asked again: it must not matter how often it was taken */
    Uni<Reply> ask(Function<RemoteServer, Uni<Reply>> question) {
        return Uni.createFrom().deferred(() -> ask(question, preferred.get(), 1, System.nanoTime()));
    }

    private Uni<Reply> ask(Function<RemoteServer, Uni<Reply>> question, int at, int time, long begun) {
        return question.apply(servers.get(at))
                .onItem()
                .transformToUni(reply -> isNoNode(reply) && hasNext(time, begun)
                        ? next(question, at, time, begun)
                        : Uni.createFrom().item(reply))
                .onFailure(ServerAway.class)
                .recoverWithUni(away -> hasNext(time, begun)
                        ? next(question, at, time, begun)
                        : Uni.createFrom().<Reply>failure(away).onFailure().invoke(failure -> leave(at)));
    }

    /** What a proxy says whose node is gone, or a node that has lost its cluster. */
    private static boolean isNoNode(Reply reply) {
        return reply.status() >= 502 && reply.status() <= 504;
    }

    private boolean hasNext(int time, long begun) {
        return time < servers.size() && System.nanoTime() - begun < patience.toNanos();
    }

    private Uni<Reply> next(Function<RemoteServer, Uni<Reply>> question, int at, int time, long begun) {
        return ask(question, leave(at), time + 1, begun);
    }

    private int leave(int at) {
        int next = (at + 1) % servers.size();
        preferred.compareAndSet(at, next);
        return next;
    }

    @Override
    public void close() {
        servers.forEach(RemoteServer::close);
    }
}
