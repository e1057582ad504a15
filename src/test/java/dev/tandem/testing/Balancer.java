package dev.tandem.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spreads connections over replicas that say that they are ready, as a Service of Kubernetes does. It knows nothing of HTTP: a connection stays
 * with its replica until one of the two closes it.
 */
public final class Balancer implements AutoCloseable {

    /** How often it looks, and how long it takes to hear of a replica that is not ready any more. */
    private static final long PERIOD_MILLIS = 200;

    private final ServerSocket listener;
    private final Set<PackagedService> replicas = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<PackagedService> ready = new CopyOnWriteArrayList<>();

    private Balancer(ServerSocket listener) {
        this.listener = listener;
    }

    public static Balancer start() throws IOException {
        Balancer balancer = new Balancer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
        balancer.threads.submit(balancer::accept);
        balancer.threads.submit(balancer::look);
        return balancer;
    }

    public URI base() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    public void add(PackagedService replica) {
        replicas.add(replica);
    }

    /** A replica that has ended. */
    public void remove(PackagedService replica) {
        replicas.remove(replica);
    }

    /** Whether connections go to that replica. */
    public boolean uses(PackagedService replica) {
        return ready.contains(replica);
    }

    private Void look() throws InterruptedException {
        while (!listener.isClosed()) {
            ready = replicas.stream().filter(Balancer::isReady).toList();
            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
        }
        return null;
    }

    private static boolean isReady(PackagedService replica) {
        try {
            return replica.probe("/q/health/ready") == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            threads.submit(() -> connect(client));
        }
        return null;
    }

    private Void connect(Socket client) throws IOException {
        List<PackagedService> chosen = ready;
        if (chosen.isEmpty()) {
            client.close();
            return null;
        }
        int port = chosen.get(Math.floorMod(next.getAndIncrement(), chosen.size()))
                .base()
                .getPort();
        Socket replica = new Socket();
        try {
            client.setTcpNoDelay(true);
            replica.setTcpNoDelay(true);
            replica.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        threads.submit(() -> pump(client, replica));
        threads.submit(() -> pump(replica, client));
        return null;
    }

    /** To the end of one direction, which is the end of both. */
    private static Void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
