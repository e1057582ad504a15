package dev.tandem.index;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** The index that lives in this process: where, and how much of the machine it may take. */
@ConfigMapping(prefix = "tandem.index")
public interface IndexConfig {

    /** The folder that holds one folder for each collection. It can be deleted while the service is down: everything is rebuilt. */
    @WithDefault("data/index")
    Path directory();

    /** How much following a crash may have to repeat. What is searchable doesn't wait for it. */
    @WithDefault("5s")
    Duration commitInterval();

    /** Threads that change indexes. */
    @WithDefault("2")
    int writeThreads();

    /** Threads that search; as many as there are processors where this is absent. */
    OptionalInt searchThreads();

    /** How many searches may wait for a thread before further ones are refused. */
    @WithDefault("256")
    int searchQueue();

    /** How much memory one collection's changes may take before they are written to disk, in megabytes. */
    @WithDefault("32")
    int ramBufferMb();

    /** How many collections are kept open. More are open only while more are used at the same time. */
    @WithDefault("64")
    int maxOpen();
}
