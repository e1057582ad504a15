package dev.tandem.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Listens on a free port of this machine and relays each connection to another port of it. A wire decides what comes through. */
final class TcpRelay implements AutoCloseable {

    /** One relayed connection. Each direction is read by a thread of its own. */
    interface Wire {

        /** Whether the octets are passed on to the server; if not, the connection ends. May wait. */
        boolean request(byte[] octets, int length) throws InterruptedException;

        /** Whether the octets are passed on to the client; if not, the connection ends. May wait. */
        boolean answer(byte[] octets, int length) throws InterruptedException;

        /** One side has closed the connection. The other one isn't told before this returns. */
        default void close() throws InterruptedException {}
    }

    /** Makes the wire of a new connection. */
    interface Wiring {
        Wire wire(Pair pair);
    }

    private final ServerSocket listener;
    private volatile int target;
    private final Wiring wiring;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TcpRelay(int target, Wiring wiring) throws IOException {
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.target = target;
        this.wiring = wiring;
        threads.submit(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** New connections go there from now on. */
    void retarget(int newTarget) {
        target = newTarget;
    }

    Set<Pair> pairs() {
        return Set.copyOf(pairs);
    }

    private Void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            threads.submit(() -> connect(client));
        }
        return null;
    }

    private void connect(Socket client) {
        Pair pair = new Pair(client, new Socket());
        Wire wire = wiring.wire(pair);
        pairs.add(pair);
        try {
            // A delay that no test asked for would be a fault as well.
            client.setTcpNoDelay(true);
            pair.server.setTcpNoDelay(true);
            pair.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
            threads.submit(() -> pair.relay(client, pair.server, wire::request, wire));
            threads.submit(() -> pair.relay(pair.server, client, wire::answer, wire));
        } catch (IOException e) {
            // The server is away: so is its relay.
            pair.reset();
        }
    }

    /** The two ends of a relayed connection. */
    final class Pair {

        private final Socket client;
        private final Socket server;

        private Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Ends both with a RST. */
        void reset() {
            pairs.remove(this);
            reset(client);
            reset(server);
        }

        /** Tells the client that nothing more will come, and goes on to take what it sends. */
        void halfClose() {
            try {
                client.shutdownOutput();
            } catch (IOException e) {
                reset();
            }
        }

        private void relay(Socket from, Socket to, Passing passing, Wire wire) {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int length = from.getInputStream().read(buffer);
                        length > 0 && passing.pass(buffer, length);
                        length = from.getInputStream().read(buffer)) {
                    to.getOutputStream().write(buffer, 0, length);
                }
                wire.close();
                pairs.remove(this);
                from.close();
                to.close();
            } catch (IOException | InterruptedException e) {
                reset();
            }
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (SocketException e) {
                // It is closed already.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private interface Passing {
        boolean pass(byte[] octets, int length) throws InterruptedException;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
        pairs().forEach(Pair::reset);
    }
}
