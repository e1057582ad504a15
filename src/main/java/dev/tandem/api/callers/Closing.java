package dev.tandem.api.callers;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/** Closes a connection with the answer to a request. What follows the request on it is not another request. */
public final class Closing {

    private static final AttributeKey<Boolean> CLOSING = AttributeKey.valueOf(Closing.class, "closing");

    private Closing() {}

    /** Closes the connection when the request has been answered. In HTTP/2 a connection has other requests, so there it stays open. */
    public static void after(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().attr(CLOSING).set(true);
        }
        if (!context.response().headWritten()) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.addEndHandler(ignored -> request.connection().close());
    }

    /** Ends a request whose answer is not, or no longer, wanted: with its connection, or in HTTP/2 with its stream. */
    public static void now(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().reset();
        } else {
            context.request().connection().close();
        }
    }

    /** Whether an earlier request closes this one's connection. */
    public static boolean isUnderWay(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                && connection.channel().hasAttr(CLOSING);
    }
}
