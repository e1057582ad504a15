package dev.tandem.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.testing.FakeEmbedder;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddersTest {

    private final EmbeddingConfig config = new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 100, new DurationConverter())
            .withMapping(EmbeddingConfig.class)
            .build()
            .getConfigMapping(EmbeddingConfig.class);
    private final Embedders embedders = new Embedders(List.of(new FakeEmbedder()), config);

    @Test
    void findsAModelByItsName() {
        assertThat(embedders.find(FakeEmbedder.MODEL))
                .get()
                .extracting(Embedder::model)
                .isEqualTo(FakeEmbedder.MODEL);
        assertThat(embedders.require(FakeEmbedder.MODEL).dimensions()).isEqualTo(FakeEmbedder.DIMENSIONS);
        assertThat(embedders.names()).containsExactly(FakeEmbedder.MODEL);
    }

    @Test
    void doesNotFindWhatIsNotOffered() {
        assertThat(embedders.find("another")).isEmpty();
        assertThatThrownBy(() -> embedders.require("another"))
                .isInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("another")
                .hasMessageContaining(FakeEmbedder.MODEL);
    }

    @Test
    void refusesTwoModelsOfOneName() {
        assertThatThrownBy(() -> new Embedders(List.of(new FakeEmbedder(), new FakeEmbedder()), config))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesMiniLmWhereNobodyChooses() {
        assertThat(embedders.defaultName()).isEqualTo("all-minilm-l6-v2");
    }

    @Test
    void remembersRecentQueries() {
        FakeEmbedder fake = new FakeEmbedder();
        Embedder embedder = new Embedders(List.of(fake), config).require(FakeEmbedder.MODEL);

        embedder.embedQuery("apple").await().indefinitely();
        embedder.embedQuery("apple").await().indefinitely();

        assertThat(fake.queries()).hasSize(1);
    }
}
