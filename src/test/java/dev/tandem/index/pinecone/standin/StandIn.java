package dev.tandem.index.pinecone.standin;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for Pinecone in tests: any number of indexes, each at an address of its own. It keeps the rules strictly, shows writes late, and
 * fails on request. A test against it says nothing about Pinecone's speed or recall.
 */
public final class StandIn implements AutoCloseable {

    public static final String KEY = "pcsk_stand-in_0123456789";

    private static final long PATIENCE_SECONDS = 50;

    private final HttpServer server;
    private final int lag;
    private final Map<String, StandInIndex> indexes = new ConcurrentHashMap<>();
    private final Deque<Planned> faults = new ArrayDeque<>();
    private final Map<String, Runnable> interruptions = new HashMap<>();
    private final List<String> requests = new ArrayList<>();

    private record Planned(String path, AtomicInteger after, Fault fault) {}

    /** @param lag how many reads do not see a write */
    public StandIn(Vertx vertx, int lag) {
        this.lag = lag;
        this.server =
                vertx.createHttpServer().requestHandler(request -> request.bodyHandler(body -> take(request, body)));
        try {
            server.listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The stand-in does not start.", e);
        }
    }

    /** The host of an index, as a setting. */
    public String host(int dimension, String metric) {
        String name = metric + "-" + dimension;
        indexes.computeIfAbsent(name, any -> new StandInIndex(dimension, metric, lag));
        return "http://localhost:" + server.actualPort() + "/" + name;
    }

    /** The next request to an address that contains this fails so. */
    public void fail(String path, Fault fault) {
        fail(path, 0, fault);
    }

    /** A request to an address that contains this fails so, after some that do not. */
    public synchronized void fail(String path, int after, Fault fault) {
        faults.add(new Planned(path, new AtomicInteger(after), fault));
    }

    /** Fails no more. */
    public synchronized void heal() {
        faults.clear();
    }

    /** Does this when the next request to such an address arrives, before it is answered. */
    public synchronized void before(String path, Runnable work) {
        interruptions.put(path, work);
    }

    /** Replaces the metadata of a record at once, as another client would. */
    public synchronized void change(int dimension, String metric, String namespace, String id, JsonObject metadata) {
        indexes.get(metric + "-" + dimension).change(namespace, id, metadata);
    }

    /** The requests since the last call, as methods and paths. */
    public synchronized List<String> requests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    /** The ids of everything that was written in a namespace. */
    public synchronized List<String> ids(int dimension, String metric, String namespace) {
        StandInIndex index = indexes.get(metric + "-" + dimension);
        return index == null
                ? List.of()
                : index.all(namespace).stream().map(Namespace.StoredRecord::id).toList();
    }

    private synchronized void take(HttpServerRequest request, Buffer body) {
        String[] parts = request.path().split("/", 3);
        String path = "/" + (parts.length > 2 ? parts[2] : "");
        requests.add(request.method() + " " + path);
        Runnable interruption = interruptions.remove(path);
        if (interruption != null) {
            interruption.run();
        }
        Planned planned = faults.stream()
                .filter(each -> path.contains(each.path) && each.after.getAndDecrement() <= 0)
                .findFirst()
                .orElse(null);
        if (planned != null) {
            faults.remove(planned);
            fail(planned.fault, request, () -> answer(parts[1], path, request, body));
            return;
        }
        StandInIndex.Answer answer;
        try {
            answer = answer(parts[1], path, request, body);
        } catch (Refused refused) {
            refuse(request.response(), refused.status(), String.valueOf(refused.getMessage()));
            return;
        }
        HttpServerResponse response = request.response().putHeader("Content-Type", "application/json");
        if (answer.lsn() != null) {
            response.putHeader(answer.lsn().getKey(), answer.lsn().getValue().toString());
        }
        response.end(answer.json().toBuffer());
    }

    private StandInIndex.Answer answer(String name, String path, HttpServerRequest request, Buffer body) {
        StandInIndex index = indexes.get(name);
        if (index == null) {
            throw new Refused(404, "There is no such index.");
        }
        Rules.headers(request.headers(), KEY, body.length() > 0);
        try {
            return index.ask(request.method().name(), path, request.params(), body);
        } catch (DecodeException | ClassCastException e) {
            throw new Refused(400, "The request can't be read: " + e.getMessage());
        }
    }

    private static void refuse(HttpServerResponse response, int status, String message) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(JsonObject.of("code", status, "message", message).toBuffer());
    }

    private static void fail(Fault fault, HttpServerRequest request, Runnable work) {
        HttpServerResponse response = request.response();
        switch (fault) {
            case BUSY -> refuse(response.putHeader("Retry-After", "7"), 429, "Too many requests");
            case DOWN -> refuse(response, 503, "Unavailable");
            case HANG -> {
                // No answer at all.
            }
            case HALF -> {
                response.putHeader("Content-Length", "1000").write("{\"matches\":[{\"id\":\"");
                request.connection().close();
            }
            case CUT -> request.connection().close();
            case CUT_AFTER -> {
                work.run();
                request.connection().close();
            }
            case JUNK -> response.end("<html>It works!</html>");
            case STRANGE -> response.end("{\"matches\":7,\"vectors\":[1],\"namespaces\":true,\"pagination\":[]}");
            case TALKATIVE -> refuse(response, 400, "Bad request: " + request.headers());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
