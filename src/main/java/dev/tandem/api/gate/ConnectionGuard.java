package dev.tandem.api.gate;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/**
 * Looks at what arrives on a connection of HTTP/1.1 before and after the HTTP server reads it. Neither Vert.x nor Quarkus has a place for
 * that, so this asks Netty for the channels that accept connections.
 */
@ApplicationScoped
class ConnectionGuard {

    private static final String NAME = ConnectionGuard.class.getName();

    private final VertxInternal vertx;

    ConnectionGuard(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    void guard(@ObservesAsync HttpServerStart start) {
        guard();
    }

    void guardEncrypted(@ObservesAsync HttpsServerStart start) {
        guard();
    }

    private void guard() {
        for (EventExecutor loop : vertx.getAcceptorEventLoopGroup()) {
            if (loop instanceof SingleThreadEventLoop accepting) {
                accepting.execute(
                        () -> accepting.registeredChannelsIterator().forEachRemaining(ConnectionGuard::guard));
            }
        }
    }

    private static void guard(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(NAME) == null) {
            channel.pipeline().addFirst(NAME, new Acceptor());
        }
    }

    /** The next handler makes the accepted connection ready. */
    private static final class Acceptor extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addLast(new Installer());
            context.fireChannelRead(accepted);
        }
    }

    /** The HTTP server makes a connection ready for HTTP/1.1 when it is there, or encrypted. So this waits for the first octets. */
    private static final class Installer extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext encryption = pipeline.context(SslHandler.class);
            ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
            if (encryption != null && isBefore(context, encryption)) {
                pipeline.addAfter(encryption.name(), null, new Installer());
                pipeline.remove(this);
            } else if (decoder != null) {
                FoldedLines lines = new FoldedLines();
                pipeline.addBefore(decoder.name(), null, lines);
                pipeline.addAfter(decoder.name(), null, new UnreadRequests(lines));
                pipeline.remove(this);
            }
            context.fireChannelRead(message);
        }

        private static boolean isBefore(ChannelHandlerContext one, ChannelHandlerContext other) {
            for (String name : one.pipeline().names()) {
                if (name.equals(one.name()) || name.equals(other.name())) {
                    return name.equals(one.name());
                }
            }
            return false;
        }
    }
}
