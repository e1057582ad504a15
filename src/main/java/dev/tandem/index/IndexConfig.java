package dev.tandem.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The index inside this process: where it is, and how much of the machine it may use. */
@ConfigMapping(prefix = "tandem.index")
public interface IndexConfig {

    /**
     * The engines beside the process that this service uses: pgvector, opensearch, pinecone. Each has settings of its own. The engine in the
     * process, lucene, is always there.
     */
    Optional<List<String>> engines();

    /** The engine of new collections that do not name one. */
    @WithDefault("lucene")
    String engine();

    /** How long the index in a collection's former engine is kept after a move, so that the move can be undone at once. */
    @WithDefault("15m")
    Duration formerKept();

    /**
     * How long a replica's claim on an index in an engine beside the process lasts without renewal: so long nobody follows the rows with it if
     * the replica is killed.
     */
    @WithDefault("30s")
    Duration lease();

    /**
     * The folder that contains one folder for each collection. It can be deleted while the service is stopped: everything is built again.
     */
    @WithDefault("data/index")
    Path directory();

    /**
     * How often the index is committed to disk. After a crash, later changes are applied again. Searches see changes without waiting for a
     * commit.
     */
    @WithDefault("5s")
    Duration commitInterval();

    /** Threads that change indexes. */
    @WithDefault("2")
    int writeThreads();

    /** Threads that search one collection; by default one per processor. There is one more, which serves the others when these are busy. */
    OptionalInt searchThreads();

    /** How many searches may wait for a thread; the next one is refused. */
    @WithDefault("256")
    int searchQueue();

    /** How long a search may wait for a thread; after that it is refused, because an answer that late would only delay others. */
    @WithDefault("3S")
    Duration searchQueueTimeout();

    /** Memory for the changes of one collection before they are written to disk, in megabytes. */
    @WithDefault("32")
    int ramBufferMb();

    /** How many indexes of collections are kept open. More are open only while more are used at the same time. */
    @WithDefault("64")
    int maxOpen();
}
