package dev.tandem.index.opensearch;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server that answers what the test says. */
final class ScriptedServer implements AutoCloseable {

    /** What is answered; {@link #CUT} and {@link #NOTHING} are no answers. */
    record Said(int status, Map<String, String> headers, String body) {

        static Said of(int status, String body) {
            return new Said(status, Map.of(), body);
        }
    }

    /** Says half of an answer and ends the connection. */
    static final Said CUT = Said.of(-1, "{\"took\": 1, \"timed_out\": fal");

    /** Takes the request and never answers. */
    static final Said NOTHING = Said.of(-2, "");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private ScriptedServer(Function<String, Said> script) throws Exception {
        this.server = TestVertx.get()
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, script)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** @param script from method and path to what is answered */
    static ScriptedServer saying(Function<String, Said> script) throws Exception {
        return new ScriptedServer(script);
    }

    static ScriptedServer saying(Said always) throws Exception {
        return new ScriptedServer(request -> always);
    }

    private void answer(HttpServerRequest request, Function<String, Said> script) {
        String asked = request.method() + " " + request.path();
        requests.add(asked);
        authorizations.add(String.valueOf(request.getHeader("Authorization")));
        Said said = script.apply(asked);
        if (said == NOTHING) {
            return;
        }
        HttpServerResponse response = request.response();
        said.headers().forEach(response::putHeader);
        if (said == CUT) {
            response.putHeader("Content-Length", "1000");
            response.write(Buffer.buffer(said.body()))
                    .onComplete(written -> request.connection().close());
            return;
        }
        response.setStatusCode(said.status()).end(said.body());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** Methods and paths, in order. */
    List<String> requests() {
        return requests;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
