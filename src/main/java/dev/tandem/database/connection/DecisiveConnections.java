package dev.tandem.database.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.impl.Utils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections that are closed when they are silent, whether PostgreSQL notices or not.
 *
 * <p>To close a connection, the client, even at its idle timeout, sends a terminate message and waits for the server to close the socket.
 * If the network drops everything, it waits for ever: statements are never answered, and the socket is lost. So the handler that watches
 * for silence sits next to the socket, before the client's codec, and closes the socket itself.
 */
public final class DecisiveConnections extends PgConnectionFactory {

    /** How long PostgreSQL has to close the socket after the terminate message. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Map<NetClientOptions, NetClient> clients = new ConcurrentHashMap<>();
    private final Duration silence;

    /**
     * @param servers tried in turn
     * @param silence how long nothing may be sent or received
     */
    private DecisiveConnections(VertxInternal vertx, List<SqlConnectOptions> servers, Duration silence) {
        super(vertx, Utils.roundRobinSupplier(servers));
        this.silence = silence;
    }

    /**
     * A pool of such connections.
     *
     * @param servers tried in turn
     * @param silence how long nothing may be sent or received
     */
    @SuppressWarnings("deprecation") // the client offers no other way to close connections that are silent
    public static Pool pool(Vertx vertx, PoolOptions options, List<PgConnectOptions> servers, Duration silence) {
        List<SqlConnectOptions> all = List.copyOf(servers);
        DecisiveConnections connections = new DecisiveConnections((VertxInternal) vertx, all, silence);
        Pool pool =
                PgBuilder.pool().with(options).connectingTo(all).using(vertx).build();
        pool.connectionProvider(connections::connect);
        return pool;
    }

    @Override
    protected NetClient netClient(NetClientOptions options) {
        return clients.computeIfAbsent(new NetClientOptions(options), this::open);
    }

    private NetClient open(NetClientOptions options) {
        NetClientImpl client = new NetClientImpl(vertx, null, options, clientCloseFuture) {
            @Override
            protected void initChannel(ChannelPipeline pipeline) {
                pipeline.addLast("silence", new Silence(silence));
                super.initChannel(pipeline);
            }
        };
        clientCloseFuture.add(client);
        return client;
    }

    /** Closes the socket after a silence, and some time after the client has stopped sending. */
    private static final class Silence extends IdleStateHandler {

        Silence(Duration limit) {
            super(0, 0, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            context.close();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof ChannelOutputShutdownEvent) {
                context.executor().schedule(() -> context.close(), GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            }
            super.userEventTriggered(context, event);
        }
    }
}
