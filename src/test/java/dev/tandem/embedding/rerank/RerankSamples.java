package dev.tandem.embedding.rerank;

import dev.tandem.testing.ScriptedReranker;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of a reranker, read as in production. */
final class RerankSamples {

    static final String NAME = "scripted";

    private RerankSamples() {}

    /** Of a scripted server. */
    static RerankSettings of(int port, RerankProtocol protocol, Map<String, String> more) {
        boolean isTei = protocol == RerankProtocol.TEI;
        Map<String, String> all = new HashMap<>(Map.of(
                "url",
                "http://localhost:" + port + (isTei ? "" : "/v2"),
                "protocol",
                isTei ? "tei" : "cohere",
                "model",
                ScriptedReranker.MODEL,
                "key",
                ScriptedReranker.KEY));
        all.putAll(more);
        all.values().removeIf(String::isEmpty);
        return read(NAME, all);
    }

    /** Of these settings alone. */
    static RerankSettings read(String name, Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach((key, value) -> full.put("tandem.rerank.servers.\"" + name + "\"." + key, value));
        RerankConfig config = new SmallRyeConfigBuilder()
                .withMapping(RerankConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(full, "test", 500))
                .build()
                .getConfigMapping(RerankConfig.class);
        return RerankSettings.of(name, config.servers().get(name));
    }
}
