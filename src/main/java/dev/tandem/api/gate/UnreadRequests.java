package dev.tandem.api.gate;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.OptionalInt;

/**
 * Puts a readable request in the place of one that the HTTP server could not read, so that it is refused like any other. By itself the server
 * answers it without a word of the reason. Also says to {@link FoldedLines} when a request ends.
 */
final class UnreadRequests extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<Integer> STATUS = AttributeKey.valueOf(UnreadRequests.class, "status");

    private final FoldedLines lines;

    UnreadRequests(FoldedLines lines) {
        this.lines = lines;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isFailure()) {
            context.channel().attr(STATUS).set(status(request.decoderResult().cause()));
            ReferenceCountUtil.release(request);
            context.fireChannelRead(substitute());
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        if (message instanceof LastHttpContent) {
            lines.expectHead();
        }
        context.fireChannelRead(message);
    }

    /** The server reads nothing more from this connection. */
    private static HttpRequest substitute() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        // Without one, it would be refused for that.
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        return request;
    }

    /** The status for a request that the server could not read; empty if it could. */
    static OptionalInt status(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection
                && connection.channel().hasAttr(STATUS)) {
            return OptionalInt.of(connection.channel().attr(STATUS).get());
        }
        return OptionalInt.empty();
    }

    private static int status(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException ignored -> 414;
            case TooLongHttpHeaderException ignored -> 431;
            default -> 400;
        };
    }
}
