package dev.tandem.index.pgvector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The engine pgvector: its PostgreSQL, and how it searches. */
@ConfigMapping(prefix = "tandem.engine.pgvector")
public interface PgVectorConfig {

    /** The database, as {@code postgresql://host:5432/database}; if not set, the one with the rows, as its user. */
    Optional<String> url();

    /** The user, if a URL is set. */
    Optional<String> user();

    /** The user's password, if a URL is set. */
    Optional<String> password();

    /** A file with the password; it is read when the service starts, and a line break at its end does not count. */
    Optional<Path> passwordFile();

    /** A file with the certificates of the authority that the database's certificate must be of, as PEM, if a URL is set. */
    Optional<Path> caFile();

    /** The schema for the engine's tables. It is made if it does not exist. */
    @WithDefault("tandem_pgvector")
    @Pattern(regexp = "[a-z_][a-z0-9_]{0,62}")
    String schema();

    /** The schema that the extension is in. */
    @WithDefault("public")
    @Pattern(regexp = "[a-z_][a-z0-9_]{0,62}")
    String extensionSchema();

    /** Connections that search. */
    @WithDefault("8")
    @Min(1)
    int searchConnections();

    /** Connections that change stores. */
    @WithDefault("4")
    @Min(1)
    int writeConnections();

    /** How many searches, and how many changes, may wait for a connection; the next one is refused. */
    @WithDefault("256")
    @Min(0)
    int queue();

    /** How long a search or a change waits for a connection before it is refused. */
    @WithDefault("5S")
    Duration queueTimeout();

    /** How long opening a connection may take. */
    @WithDefault("3S")
    Duration connectTimeout();

    /** The longest time for a statement of a search. A connection that is silent for half a second longer is closed. */
    @WithDefault("10S")
    Duration searchTimeout();

    /** The same for a statement of a change. */
    @WithDefault("30S")
    Duration writeTimeout();

    /** The longest time that a statement waits for a lock. */
    @WithDefault("5S")
    Duration lockTimeout();

    /** Whether graphs of new stores hold vectors in half precision, where only directions count. The vectors beside the graph stay exact. */
    @WithDefault("false")
    boolean halfvec();

    /** How many neighbours a vector has in the graph of a new store. */
    @WithDefault("16")
    @Min(2)
    @Max(100)
    int m();

    /** How many candidates are looked at to find the neighbours of a new vector, in the graph of a new store. At least twice as many as neighbours. */
    @WithDefault("128")
    @Min(4)
    @Max(1000)
    int efConstruction();

    /** How many candidates a search of a graph looks at, at least. */
    @WithDefault("200")
    @Min(1)
    @Max(1000)
    int efSearch();

    /** How a search of a graph goes on when a filter has left too few. */
    @WithDefault("relaxed_order")
    @Pattern(regexp = "strict_order|relaxed_order")
    String iterativeScan();

    /** How many vectors a search of a graph visits before it gives up; then each vector that the filter lets through is compared. */
    @WithDefault("20000")
    @Min(1)
    int maxScanTuples();
}
