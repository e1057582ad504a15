package dev.tandem.embedding.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankSettingsTest {

    @Test
    void anAddressIsEnough() {
        RerankSettings settings = RerankSamples.read("bge-reranker", Map.of("url", "http://localhost:8000/v1"));
        assertThat(settings.model()).isEqualTo("bge-reranker");
        assertThat(settings.server().protocol()).isEqualTo(RerankProtocol.COHERE);
        assertThat(settings.batchSize()).isEqualTo(200);
        assertThat(settings.options().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.key().headers()).isEmpty();
        assertThat(RerankSamples.read("tei", Map.of("url", "http://localhost", "protocol", "tei"))
                        .batchSize())
                .isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://localhost/v1",
        "url, https://user:secret@localhost/v1",
        "url, https://localhost/v1?key=secret",
        "text-characters, 99",
        "text-characters, 10001",
        "timeout, 0s",
        "timeout, 1h",
        "key-file, /some/file"
    })
    void whatIsWrongIsNamed(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("url", "http://localhost/v1", "key", "secret"));
        settings.put(setting, value);
        assertThatThrownBy(() -> RerankSamples.read("one", settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tandem.rerank.servers.one." + setting + " is wrong")
                .hasMessageNotContaining("secret@")
                .hasMessageNotContaining("=secret");
    }

    @Test
    void aProtocolOrSettingThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> RerankSamples.read("one", Map.of("url", "http://localhost", "protocol", "soap")))
                .hasMessageContaining("soap");
        assertThatThrownBy(() -> RerankSamples.read("one", Map.of("url", "http://localhost", "batch", "3")))
                .hasMessageContaining("batch");
        assertThatThrownBy(() -> RerankSamples.read("Upper", Map.of("url", "http://localhost")))
                .hasMessageContaining("tandem.rerank.servers.Upper is wrong");
    }
}
