package dev.tandem.index.pinecone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings as tests need them. */
record PineconeSettings(
        Optional<List<String>> hosts,
        Optional<String> apiKey,
        Optional<Path> apiKeyFile,
        String namespacePrefix,
        Duration requestTimeout,
        Duration visibilityTimeout)
        implements PineconeConfig {

    static final String PREFIX = "test-";

    /** For machines that have much else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    static PineconeSettings of(List<String> hosts, String key) {
        return new PineconeSettings(Optional.of(hosts), Optional.of(key), Optional.empty(), PREFIX, PATIENCE, PATIENCE);
    }

    PineconeSettings impatient() {
        return new PineconeSettings(
                hosts, apiKey, apiKeyFile, namespacePrefix, Duration.ofMillis(300), Duration.ofSeconds(2));
    }

    PineconeSettings withPrefix(String prefix) {
        return new PineconeSettings(hosts, apiKey, apiKeyFile, prefix, requestTimeout, visibilityTimeout);
    }

    PineconeSettings withKey(Optional<String> key, Optional<Path> file) {
        return new PineconeSettings(hosts, key, file, namespacePrefix, requestTimeout, visibilityTimeout);
    }

    @Override
    public String apiVersion() {
        return "2026-04";
    }

    @Override
    public int concurrency() {
        return 16;
    }

    @Override
    public int queue() {
        return 256;
    }
}
