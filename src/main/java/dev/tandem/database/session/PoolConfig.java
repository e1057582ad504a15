package dev.tandem.database.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How many connections there are, and how long a request may wait for one or for its answer. */
@ConfigMapping(prefix = "tandem.database")
interface PoolConfig {

    /**
     * A file with the certificates, as PEM, of the authority that PostgreSQL's certificate must be of. The settings of both drivers are made of it
     * before the pools are.
     */
    Optional<Path> caFile();

    /** A file with the password, unless that is set itself. The setting of both drivers is made of it before the pools are. */
    Optional<Path> passwordFile();

    /** Connections to PostgreSQL. */
    @WithDefault("16")
    @Min(1)
    int poolSize();

    /**
     * How many of the connections are left to short work: reads and writes of single documents, and what follows the rows. Lists, searches,
     * exports and jobs share the others, at least one.
     */
    @WithDefault("4")
    @Min(0)
    int poolReserve();

    /** How many requests may wait for a connection; the next one is refused. */
    @WithDefault("256")
    @Min(0)
    int poolQueue();

    /** How long a request waits for a connection before it is refused. */
    @WithDefault("5S")
    Duration poolTimeout();

    /** How long opening a connection may take. */
    @WithDefault("3S")
    Duration connectTimeout();

    /** The longest time for a statement. A connection that is silent for half a second longer is closed. */
    @WithDefault("30S")
    Duration statementTimeout();

    /** The longest time that a statement may wait for a row locked by another transaction. */
    @WithDefault("5S")
    Duration lockTimeout();
}
