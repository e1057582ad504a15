package dev.tandem.embedding.http;

import dev.tandem.testing.ScriptedEmbeddings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of a server, read as in production. */
final class ServerSamples {

    static final String NAME = "scripted";

    private ServerSamples() {}

    /** Of a scripted server, with its key and its dimensions to be asked for. */
    static ServerSettings of(int port, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "url", "http://localhost:" + port + "/v1",
                "model", ScriptedEmbeddings.MODEL,
                "key", ScriptedEmbeddings.KEY));
        all.putAll(more);
        all.values().removeIf(String::isEmpty);
        return read(NAME, all);
    }

    /** Of these settings alone. */
    static ServerSettings read(String name, Map<String, String> settings) {
        return ServerSettings.of(name, config(name, settings).servers().get(name));
    }

    static ServersConfig config(String name, Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach((key, value) -> full.put("tandem.embedding.servers.\"" + name + "\"." + key, value));
        return new SmallRyeConfigBuilder()
                .withMapping(ServersConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(full, "test", 500))
                .build()
                .getConfigMapping(ServersConfig.class);
    }
}
