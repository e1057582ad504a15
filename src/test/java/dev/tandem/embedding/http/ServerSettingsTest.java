package dev.tandem.embedding.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

    @Test
    void anAddressIsEnough() {
        ServerSettings settings = ServerSamples.read("bge-m3", Map.of("url", "http://localhost:11434/v1"));
        assertThat(settings.model()).isEqualTo("bge-m3");
        assertThat(settings.dimensions()).isZero();
        assertThat(settings.maxTokens()).isEqualTo(510);
        assertThat(settings.documentPrefix()).isEmpty();
        assertThat(settings.forChunks().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.forQueries().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.key().headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://localhost/v1",
        "url, localhost:11434",
        "url, https://user:secret@localhost/v1",
        "url, https://localhost/v1?key=secret",
        "dimensions, 0",
        "dimensions, 4097",
        "send-dimensions, true",
        "max-tokens, 17",
        "timeout, 0s",
        "query-timeout, 1h",
        "key-file, /some/file"
    })
    void whatIsWrongIsNamed(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("url", "http://localhost/v1", "key", "secret"));
        settings.put(setting, value);
        assertThatThrownBy(() -> ServerSamples.read("one", settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tandem.embedding.servers.one." + setting + " is wrong")
                .hasMessageNotContaining("secret@")
                .hasMessageNotContaining("=secret");
    }

    @Test
    void aSettingThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> ServerSamples.read("one", Map.of("url", "http://localhost/v1", "dimension", "3")))
                .hasMessageContaining("dimension");
    }

    @ParameterizedTest
    @CsvSource({"none", "Upper", "-dash", "a/b"})
    void aNameThatCollectionsCouldNotUseIsRefused(String name) {
        assertThatThrownBy(() -> ServerSamples.read(name, Map.of("url", "http://localhost/v1")))
                .hasMessageContaining("tandem.embedding.servers." + name + " is wrong");
    }

    /** A prefix usually ends with a blank, and a variable of the environment carries the key. */
    @Test
    void blanksAndVariablesArriveAsTheyAre() {
        ServersConfig config = new SmallRyeConfigBuilder()
                .withMapping(ServersConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "tandem.embedding.servers.e5-base.url", "http://localhost/v1",
                                        "tandem.embedding.servers.e5-base.query-prefix", "query: ",
                                        "tandem.embedding.servers.open.url", "http://localhost/v1",
                                        "tandem.embedding.servers.open.key", "${OPENAI_API_KEY}"),
                                "file",
                                200),
                        new EnvConfigSource(
                                Map.of("TANDEM_EMBEDDING_SERVERS_E5_BASE_KEY", "one", "OPENAI_API_KEY", "two"), 300))
                .build()
                .getConfigMapping(ServersConfig.class);
        assertThat(config.servers()).containsOnlyKeys("e5-base", "open");
        ServersConfig.Server server = config.servers().get("e5-base");
        assertThat(server.queryPrefix()).contains("query: ");
        assertThat(server.key()).contains("one");
        assertThat(config.servers().get("open").key()).contains("two");
    }
}
