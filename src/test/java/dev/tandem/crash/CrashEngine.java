package dev.tandem.crash;

import dev.tandem.index.opensearch.OpenSearchServer;
import dev.tandem.index.pinecone.standin.StandIn;
import dev.tandem.testing.PgVectorDatabase;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The engine that the collections of a cluster are in: the index in each replica, or one that all replicas share.
 *
 * @param name as in {@code tandem.index.engine}
 * @param settings of each replica
 * @param end deletes what the cluster leaves in it
 */
record CrashEngine(String name, List<String> settings, Runnable end) implements AutoCloseable {

    static final String LUCENE = "lucene";
    static final String PGVECTOR = "pgvector";

    private static final String SELECTED = System.getProperty("crash.engine", LUCENE);
    private static final List<Integer> DIMENSIONS = List.of(Words.DIMENSIONS, 384);
    private static final int READS_BEFORE_VISIBLE = 1;

    /** The one that {@code -Dcrash.engine} names; the index in each replica if it names none. */
    static CrashEngine selected() {
        return of(SELECTED);
    }

    /** The one that {@code -Dcrash.engine} names if it is shared, otherwise pgvector. Skips the test if its server is absent. */
    static CrashEngine shared() {
        return of(SELECTED.equals(LUCENE) ? PGVECTOR : SELECTED);
    }

    /** Without the settings that say where it is, the test is skipped. */
    private static CrashEngine of(String name) {
        String own = "crash" + UUID.randomUUID().toString().substring(0, 8);
        return switch (name) {
            case LUCENE -> new CrashEngine(LUCENE, List.of(), () -> {});
            case PGVECTOR -> pgvector(own);
            case "opensearch" -> opensearch(own + "-");
            case "pinecone" -> pinecone();
            default -> throw new IllegalArgumentException("-Dcrash.engine=" + name + " is no engine.");
        };
    }

    private static CrashEngine pgvector(String schema) {
        var server = PgVectorDatabase.options();
        return of(
                PGVECTOR,
                () -> PgVectorDatabase.drop(schema),
                "schema=" + schema,
                "url=postgresql://" + server.getHost() + ":" + server.getPort() + "/" + server.getDatabase(),
                "user=" + server.getUser(),
                "password=" + server.getPassword());
    }

    private static CrashEngine opensearch(String prefix) {
        URI address = OpenSearchServer.address();
        return of(
                "opensearch",
                () -> OpenSearchServer.delete(address, prefix),
                "addresses=" + address,
                "index-prefix=" + prefix,
                "replicas=0");
    }

    private static CrashEngine pinecone() {
        Vertx vertx = Vertx.vertx();
        StandIn standIn = new StandIn(vertx, READS_BEFORE_VISIBLE);
        List<String> hosts = DIMENSIONS.stream()
                .map(dimensions -> standIn.host(dimensions, "cosine"))
                .toList();
        return of(
                "pinecone",
                () -> {
                    standIn.close();
                    vertx.close();
                },
                "hosts=" + String.join(",", hosts),
                "api-key=" + StandIn.KEY);
    }

    /** @param own settings, without what all of this engine's begin with */
    private static CrashEngine of(String name, Runnable end, String... own) {
        List<String> settings = new ArrayList<>(List.of("tandem.index.engines=" + name, "tandem.index.engine=" + name));
        for (String setting : own) {
            settings.add("tandem.engine." + name + "." + setting);
        }
        return new CrashEngine(name, settings, end);
    }

    /** The schema of pgvector's tables. */
    String schema() {
        String prefix = "tandem.engine.pgvector.schema=";
        return settings.stream()
                .filter(setting -> setting.startsWith(prefix))
                .map(setting -> setting.substring(prefix.length()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether its position in the log is a row in the database of the documents. */
    boolean isShared() {
        return !name.equals(LUCENE);
    }

    boolean isPgVector() {
        return name.equals(PGVECTOR);
    }

    @Override
    public void close() {
        end.run();
    }
}
