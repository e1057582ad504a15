package dev.tandem.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a PostgreSQL, and once loses its answer to a COMMIT: the first on a connection that has prepared a certain statement. What
 * was committed is there then, and its client only sees the connection break.
 */
public final class DeafProxy implements AutoCloseable {

    private static final String COMMIT = "COMMIT\0";

    private final ServerSocket server;
    private final int postgres;
    private final String statement;
    private final AtomicBoolean isDue = new AtomicBoolean(true);
    private final AtomicInteger lost = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param postgres its port
     * @param statement the beginning of the statement
     */
    public DeafProxy(int postgres, String statement) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.postgres = postgres;
        this.statement = statement;
        threads.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many answers have been lost: none or one. */
    public int lost() {
        return lost.get();
    }

    private Void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Socket database = new Socket(InetAddress.getLoopbackAddress(), postgres);
            sockets.addAll(List.of(client, database));
            Way way = new Way(client, database);
            threads.submit(way::ask);
            threads.submit(way::answer);
        }
        return null;
    }

    /** A client's connection. */
    private final class Way {

        private final Socket client;
        private final Socket database;
        private boolean hasPrepared;
        private volatile boolean isDeaf;

        Way(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        private void ask() {
            pass(client, database, octets -> {
                hasPrepared |= octets.contains(statement);
                if (hasPrepared && octets.contains(COMMIT) && isDue.compareAndSet(true, false)) {
                    isDeaf = true;
                }
                return true;
            });
        }

        private void answer() {
            pass(database, client, octets -> {
                if (isDeaf) {
                    lost.incrementAndGet();
                }
                return !isDeaf;
            });
        }
    }

    private interface Listener {
        /** Whether the octets are to be passed on; if not, the connection breaks. */
        boolean hear(String octets);
    }

    private static void pass(Socket from, Socket to, Listener listener) {
        byte[] buffer = new byte[1 << 20];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                if (!listener.hear(new String(buffer, 0, length, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One of them has gone: both go.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
