package dev.tandem.index.opensearch;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The engine's configuration in tests: its defaults, without copies of shards, of which a single node has none. */
final class TestConfig {

    private TestConfig() {}

    static OpenSearchConfig at(URI... addresses) {
        return of(Map.of(), addresses);
    }

    static OpenSearchConfig with(String timeout, URI... addresses) {
        return of(Map.of("timeout", timeout), addresses);
    }

    static OpenSearchConfig inPortions(URI address, String bytes, String documents) {
        return of(Map.of("bulk-size", bytes, "bulk-documents", documents), address);
    }

    /** @param said the settings that differ from the defaults */
    static OpenSearchConfig of(Map<String, String> said, URI... addresses) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        said.forEach((name, value) -> builder.withDefaultValue("tandem.engine.opensearch." + name, value));
        return builder.addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(OpenSearchConfig.class)
                .withDefaultValue("tandem.engine.opensearch.replicas", "0")
                .withDefaultValue(
                        "tandem.engine.opensearch.addresses",
                        Arrays.stream(addresses).map(URI::toString).collect(Collectors.joining(",")))
                .build()
                .getConfigMapping(OpenSearchConfig.class);
    }
}
