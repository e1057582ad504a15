package dev.tandem.index.pinecone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The engine {@code pinecone}: where its indexes are, and how they are asked. */
@ConfigMapping(prefix = "tandem.engine.pinecone")
public interface PineconeConfig {

    /**
     * The hosts of the indexes, separated by commas, as Pinecone's console shows them. An index has one dimension and one metric, which
     * were chosen when it was created. A collection is stored in the first index that fits it.
     */
    Optional<List<String>> hosts();

    /** The API key. It is sent to the hosts and shown nowhere. */
    Optional<String> apiKey();

    /** A file that contains the API key. It is used if there is no {@code api-key}. */
    Optional<Path> apiKeyFile();

    /** The version of Pinecone's API. */
    @WithDefault("2026-04")
    String apiVersion();

    /**
     * What the names of Tandem's namespaces begin with. Two installations of Tandem that share an index must have different prefixes, of
     * which neither begins with the other: each one deletes the namespaces under its own prefix that it does not know.
     */
    @WithDefault("tandem-")
    String namespacePrefix();

    /** The time for one request, from its place in the queue to the end of the answer. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** How long a write waits until queries see it. Then it fails and is repeated. */
    @WithDefault("30s")
    Duration visibilityTimeout();

    /** How many requests may be under way to one host at the same time. */
    @WithDefault("16")
    int concurrency();

    /** How many more may wait; the next one is refused. */
    @WithDefault("256")
    int queue();
}
