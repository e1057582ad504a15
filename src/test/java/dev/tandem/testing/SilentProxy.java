package dev.tandem.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a PostgreSQL, and swallows what is sent over a connection, as a network does that has lost it. Nothing is closed. */
public final class SilentProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int postgres;
    private final List<Way> ways = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean swallowsNew;

    /** @param postgres its port */
    public SilentProxy(int postgres) throws IOException {
        this.server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        this.postgres = postgres;
        threads.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The connections there are will never be heard of again. New ones work. */
    public void cut() {
        ways.forEach(way -> way.swallows = true);
    }

    /** Neither will new ones, until {@link #restore}. */
    public void silence() {
        swallowsNew = true;
        cut();
    }

    /** New connections work. */
    public void restore() {
        swallowsNew = false;
    }

    private Void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Way way = new Way(client, new Socket(InetAddress.getLoopbackAddress(), postgres));
            way.swallows = swallowsNew;
            ways.add(way);
            threads.submit(() -> way.pass(way.client, way.database));
            threads.submit(() -> way.pass(way.database, way.client));
        }
        return null;
    }

    /** A client's connection. */
    private static final class Way {

        private final Socket client;
        private final Socket database;
        private volatile boolean swallows;

        Way(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        private void pass(Socket from, Socket to) {
            byte[] buffer = new byte[1 << 16];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                    if (!swallows) {
                        to.getOutputStream().write(buffer, 0, length);
                    }
                }
            } catch (IOException e) {
                // One of them has gone: both go.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Way way : ways) {
                way.client.close();
                way.database.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
