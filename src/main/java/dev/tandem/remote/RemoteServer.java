package dev.tandem.remote;

import dev.tandem.work.CallerContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked over HTTP. Nothing blocks, nothing is repeated, and every request ends in time: with a {@link Reply}, which may be
 * an error of the server's, with {@link ServerAway}, or with {@link ServerBusy}. Items come back on the context of the caller.
 */
public final class RemoteServer implements AutoCloseable {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final HttpClient client;
    private final RemoteOptions options;

    public RemoteServer(Vertx vertx, RemoteOptions options) {
        URI base = options.base();
        boolean isSecure = "https".equals(base.getScheme());
        this.options = options;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(isSecure)
                .setDefaultHost(base.getHost())
                .setDefaultPort(base.getPort() >= 0 ? base.getPort() : isSecure ? HTTPS : HTTP)
                .setConnectTimeout((int) options.timeout().toMillis())
                .setMaxPoolSize(options.concurrency())
                .setMaxWaitQueueSize(options.queue())
                .setDecompressionSupported(true));
    }

    /** Sends JSON, or nothing. */
    public Uni<Reply> ask(HttpMethod method, String path, @Nullable Buffer json) {
        return ask(method, path, Map.of("Content-Type", "application/json"), json);
    }

    /**
     * Sends a body, or nothing.
     *
     * @param path below the base address, encoded, beginning with a slash, perhaps with a query
     * @param headers beside those of every request
     */
    public Uni<Reply> ask(HttpMethod method, String path, Map<String, String> headers, @Nullable Buffer body) {
        return CallerContext.keep(Uni.createFrom()
                .<Reply>emitter(emitter -> send(method, path, headers, body)
                        .onSuccess(emitter::complete)
                        .onFailure(emitter::fail))
                .ifNoItem()
                .after(options.timeout())
                .fail()
                .onFailure(failure -> !(failure instanceof ServerAway))
                .transform(this::named));
    }

    private Future<Reply> send(HttpMethod method, String path, Map<String, String> headers, @Nullable Buffer body) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setURI(prefix() + path)
                .setTimeout(options.timeout().toMillis());
        return client.request(request).compose(open -> {
            options.headers().forEach(open::putHeader);
            if (body != null) {
                headers.forEach(open::putHeader);
            }
            return (body == null ? open.send() : open.send(body)).compose(response -> read(open, response));
        });
    }

    private String prefix() {
        String path = options.base().getRawPath();
        return path == null ? "" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Future<Reply> read(HttpClientRequest request, HttpClientResponse response) {
        Buffer read = Buffer.buffer();
        return Future.future(promise -> response.handler(part -> {
                    if (read.length() + part.length() > options.largestAnswer()) {
                        request.reset();
                        promise.tryFail(
                                new ServerAway("Its answer is larger than " + options.largestAnswer() + " bytes."));
                    } else {
                        read.appendBuffer(part);
                    }
                })
                .exceptionHandler(promise::tryFail)
                .endHandler(end -> promise.tryComplete(new Reply(response.statusCode(), response.headers(), read))));
    }

    private Throwable named(Throwable failure) {
        return switch (failure) {
            case ConnectionPoolTooBusyException busy ->
                new ServerBusy(String.valueOf(options.base().getHost()));
            case TimeoutException late -> new ServerAway("It did not answer within " + options.timeout() + ".");
            case io.smallrye.mutiny.TimeoutException late ->
                new ServerAway("It did not answer within " + options.timeout() + ".");
            default -> new ServerAway(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
