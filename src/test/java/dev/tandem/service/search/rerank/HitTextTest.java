package dev.tandem.service.search.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.DocumentSamples;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HitTextTest {

    private static final String CUP = "\ud83c\udf75";

    private final DocumentSamples samples = new DocumentSamples(new Random(20));

    @Test
    void isTheTitleAndTheChunk() {
        Document tea = document("Tea", "Water boils. Leaves are steeped. Tea is drunk.");
        assertThat(HitText.of(tea, new Span(13, 32), 100)).isEqualTo("Tea\nLeaves are steeped.");
        assertThat(HitText.of(tea, new Span(13, 32), 10)).isEqualTo("Tea\nLeaves");
        assertThat(HitText.of(document(null, "Water boils."), new Span(0, 5), 100))
                .isEqualTo("Water");
    }

    @Test
    void isTheBeginningIfThereIsNoChunk() {
        assertThat(HitText.of(document("Tea", "Water boils. Leaves are steeped."), null, 16))
                .isEqualTo("Tea\nWater boils.");
        assertThat(HitText.of(document(null, " \n ".repeat(100) + "Water"), null, 10))
                .isEqualTo("Water");
        assertThat(HitText.of(document("Tea", null), null, 10)).isEqualTo("Tea\n");
    }

    @Test
    void splitsNoCharacter() {
        assertThat(HitText.of(document(null, CUP.repeat(3)), null, 3)).isEqualTo(CUP);
        assertThat(HitText.of(document("T", CUP.repeat(3)), null, 5)).isEqualTo("T\n" + CUP);
    }

    @Test
    void aChunkThatLiesBeyondTheTextIsEmpty() {
        assertThat(HitText.of(document(null, "Tea"), new Span(5, 9), 10)).isEmpty();
        assertThat(HitText.of(document(null, null), new Span(0, 0), 10)).isEmpty();
    }

    private Document document(@Nullable String title, @Nullable String content) {
        return DocumentSamples.first(
                samples.id(), samples.id(), Text.of(title, content), Metadata.EMPTY, samples.instant());
    }
}
