package dev.tandem.crash;

import dev.tandem.testing.CallerThreads;
import dev.tandem.testing.FaultProxy;
import dev.tandem.testing.PackagedService;
import dev.tandem.testing.PostgresServer;
import dev.tandem.testing.PostgresStandby;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A PostgreSQL, a proxy in front of it, and replicas of the service that reach it through the proxy. All are processes of their own. */
final class Cluster implements AutoCloseable {

    /** A collection whose documents bring vectors of {@link Words#DIMENSIONS} dimensions. */
    static final String OWN = "own";
    /** A collection whose documents are embedded by the bundled model. */
    static final String MODEL = "model";

    private final Path folder;
    private final CrashEngine engine;
    private final List<String> settings;
    private final FaultProxy proxy;
    private final List<PackagedService> replicas = new CopyOnWriteArrayList<>();
    private volatile int avoid = -1;
    private PostgresServer postgres;

    private Cluster(Path folder, CrashEngine engine, PostgresServer postgres, FaultProxy proxy, List<String> settings) {
        this.folder = folder;
        this.engine = engine;
        this.postgres = postgres;
        this.proxy = proxy;
        this.settings = settings;
    }

    /** A running cluster with both collections, in the engine that was chosen for the suite. */
    static Cluster start(Path folder, int replicas, String... settings) throws Exception {
        return start(folder, CrashEngine.selected(), replicas, settings);
    }

    /** A running cluster with both collections in this engine, which ends with it. */
    static Cluster start(Path folder, CrashEngine engine, int replicas, String... settings) throws Exception {
        PostgresServer postgres = PostgresServer.create(folder.resolve("postgres"));
        Cluster cluster = new Cluster(folder, engine, postgres, new FaultProxy(postgres.port()), List.of(settings));
        try {
            cluster.scaleTo(replicas);
            cluster.createCollections();
            return cluster;
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts more replicas, if there are fewer. */
    void scaleTo(int number) throws Exception {
        for (int i = replicas.size(); i < number; i++) {
            createRole(i);
            replicas.add(launch(i));
        }
    }

    /** Deletes both collections and creates them again. */
    void empty() throws IOException, InterruptedException {
        for (String collection : List.of(OWN, MODEL)) {
            var answer = replica(0).send("DELETE", "/v1/collections/" + collection, null);
            if (answer.statusCode() != 204) {
                throw new IllegalStateException("The collection was not deleted: " + answer.body());
            }
        }
        createCollections();
    }

    private void createCollections() throws IOException, InterruptedException {
        create(OWN, "{\"model\":\"none\",\"dimensions\":" + Words.DIMENSIONS + "}");
        create(MODEL, "{\"model\":\"all-minilm-l6-v2\"}");
    }

    /** The folder of all files of the cluster. */
    Path folder() {
        return folder;
    }

    CrashEngine engine() {
        return engine;
    }

    PostgresServer postgres() {
        return postgres;
    }

    FaultProxy proxy() {
        return proxy;
    }

    List<PackagedService> replicas() {
        return replicas;
    }

    PackagedService replica(int number) {
        return replicas.get(number);
    }

    /** Any replica but the one to avoid. */
    PackagedService any(Random random) {
        int avoided = avoid;
        if (avoided < 0) {
            return replicas.get(random.nextInt(replicas.size()));
        }
        return replicas.get((avoided + 1 + random.nextInt(replicas.size() - 1)) % replicas.size());
    }

    /** From now on, clients use the other replicas. */
    void avoid(int replica) {
        avoid = replica;
    }

    void avoidNone() {
        avoid = -1;
    }

    Path indexOf(int replica) {
        return folder.resolve("index" + replica);
    }

    /** Starts a replica again that was killed or has ended, on the same index. */
    void restart(int replica) throws IOException, InterruptedException {
        replicas.get(replica).kill();
        replicas.set(replica, launch(replica));
    }

    /** Kills all replicas and starts them again, all at the same time. */
    void restartAll() throws Exception {
        for (PackagedService replica : replicas) {
            replica.kill();
        }
        try (ExecutorService starting = CallerThreads.open()) {
            List<Future<PackagedService>> started = IntStream.range(0, replicas.size())
                    .mapToObj(replica -> starting.submit(() -> launch(replica)))
                    .toList();
            for (int i = 0; i < started.size(); i++) {
                replicas.set(i, started.get(i).get());
            }
        }
    }

    /** Makes the standby the primary. From now on, new connections reach it. */
    void failOver(PostgresStandby standby) throws SQLException {
        postgres = standby.promote();
        proxy.retarget(postgres.port());
    }

    /** Creates a collection; the embedding is JSON. */
    void create(String collection, String embedding) throws IOException, InterruptedException {
        var answer = replica(0)
                .send("POST", "/v1/collections", "{\"name\":\"" + collection + "\",\"embedding\":" + embedding + "}");
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("The collection was not created: " + answer.body());
        }
    }

    /** Who a replica is for PostgreSQL. */
    private static String roleOf(int replica) {
        return "replica" + replica;
    }

    private void createRole(int replica) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + roleOf(replica) + " superuser login");
        }
    }

    private PackagedService launch(int replica) throws IOException, InterruptedException {
        String server = "postgresql://localhost:" + proxy.port() + "/postgres";
        List<String> properties = new ArrayList<>(List.of(
                "quarkus.datasource.reactive.url=" + server,
                "quarkus.datasource.username=" + roleOf(replica),
                "quarkus.datasource.password=any",
                "tandem.index.directory=" + indexOf(replica),
                "tandem.index.commit-interval=500ms",
                "tandem.index.lease=3s",
                "tandem.sync.embedding-lease=3s",
                "tandem.jobs.lease=3s",
                // one machine is all callers
                "tandem.callers.share=1"));
        properties.addAll(engine.settings());
        properties.addAll(settings);
        return PackagedService.start(folder, properties.toArray(String[]::new));
    }

    @Override
    public void close() throws InterruptedException {
        for (PackagedService replica : replicas) {
            replica.kill();
        }
        proxy.close();
        postgres.kill();
        engine.close();
    }
}
