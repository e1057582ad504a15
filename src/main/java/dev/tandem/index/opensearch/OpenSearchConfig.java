package dev.tandem.index.opensearch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cluster of OpenSearch, and how it is asked. */
@ConfigMapping(prefix = "tandem.engine.opensearch")
public interface OpenSearchConfig {

    /** The nodes to ask, or what stands before them. While one does not answer, the next one is asked. */
    @WithDefault("http://localhost:9200")
    List<URI> addresses();

    /** The name of the user. Without one, nobody signs in. */
    Optional<String> username();

    /** The user's password. */
    Optional<String> password();

    /** A file with the password, in place of {@link #password}. */
    Optional<Path> passwordFile();

    /** The whole {@code Authorization} header in place of user and password, such as {@code ApiKey ...} or {@code Bearer ...}. */
    Optional<String> authorization();

    /** A file with the header, in place of {@link #authorization}. */
    Optional<Path> authorizationFile();

    /**
     * The beginning of the names of all indexes of this installation: lower-case letters, digits, hyphens and underscores. Installations that
     * use the same cluster need different ones, of which none begins with another.
     */
    @WithDefault("tandem-")
    String indexPrefix();

    /** The primary shards of each new index. */
    @WithDefault("1")
    int shards();

    /** The copies of each shard of each new index. */
    @WithDefault("1")
    int replicas();

    /** How long a request may take, from its place in the queue to the end of the answer. */
    @WithDefault("30s")
    Duration timeout();

    /** How many requests are under way at once. */
    @WithDefault("32")
    int connections();

    /** How many more requests may wait. The next one is refused. */
    @WithDefault("1000")
    int queue();

    /** The largest request that writes; a document that is larger goes alone. The cluster's {@code http.max_content_length} must be well above. */
    @WithDefault("8M")
    MemorySize bulkSize();

    /** The most documents in a request that writes. */
    @WithDefault("500")
    int bulkDocuments();

    /** The threads that analyse texts and read answers. */
    @WithDefault("2")
    int threads();
}
