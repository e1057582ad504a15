package dev.tandem.domain.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.DocumentSamples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private static final VectorSet SET = new VectorSet(0, new EmbeddingSettings("fake", 64, Metric.COSINE));

    private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");
    private static final Metadata YEAR = new Metadata(Map.of("year", 1984));

    @Test
    void keepsItsIdentityWhenReplaced() {
        Document old = document("title", "old", YEAR, EARLIER);
        Document replacement = document("title", "new", Metadata.EMPTY, LATER);
        Document replaced = old.replacedBy(replacement);
        assertThat(replaced.id()).isEqualTo(old.id()).isNotEqualTo(replacement.id());
        assertThat(replaced.collectionId()).isEqualTo(old.collectionId());
        assertThat(replaced.key()).isEqualTo(old.key());
        assertThat(replaced.createdAt()).isEqualTo(EARLIER);
        assertThat(replaced.updatedAt()).isEqualTo(LATER);
        assertThat(replaced.version()).isEqualTo(old.version() + 1);
        assertThat(replaced.content()).isEqualTo("new");
        assertThat(replaced.metadata()).isEqualTo(Metadata.EMPTY);
        assertThat(replaced.contentHash()).isEqualTo(replacement.contentHash());
    }

    @Test
    void itsVectorsBecomeStaleOnlyWithItsText() {
        Document embedded = document("title", "content", YEAR, EARLIER).embeddedAt(SET, 1L);
        assertThat(embedded.isEmbedded(SET)).isTrue();
        Document otherMetadata = embedded.replacedBy(document("title", "content", Metadata.EMPTY, LATER));
        assertThat(otherMetadata.isEmbedded(SET)).isTrue();
        assertThat(otherMetadata.hasStaleVectors(SET)).isFalse();
        assertThat(otherMetadata.textVersion()).isEqualTo(1);
        for (Document newText : List.of(
                otherMetadata.replacedBy(document("title", "new", YEAR, LATER)),
                otherMetadata.replacedBy(document("new", "content", YEAR, LATER)))) {
            assertThat(newText.isEmbedded(SET)).isFalse();
            assertThat(newText.hasStaleVectors(SET)).isTrue();
            assertThat(newText.textVersion()).isEqualTo(3);
            assertThat(newText.replacedBy(otherMetadata.replacedBy(newText)).hasStaleVectors(SET))
                    .isTrue();
            assertThat(newText.embeddedAt(SET, newText.version()).isEmbedded(SET))
                    .isTrue();
        }
    }

    @Test
    void withoutVectorsOfAModelItIsNeitherEmbeddedNorStale() {
        Document document = document("title", "content", YEAR, EARLIER);
        Document newText = document.replacedBy(document("title", "new", YEAR, LATER));
        assertThat(newText.isEmbedded(SET)).isFalse();
        assertThat(newText.hasStaleVectors(SET)).isFalse();
    }

    @Test
    void aNewDocumentGoesOnFromTheLastOfItsKey() {
        Document added = document("title", "content", YEAR, EARLIER).embeddedAt(SET, 1L);
        Document next = added.goingOnFrom(7);
        assertThat(next.version()).isEqualTo(8);
        assertThat(next.textVersion()).isEqualTo(8);
        assertThat(next.embeddedVersion(SET)).isEqualTo(8);
        assertThat(next.id()).isEqualTo(added.id());
        assertThat(added.goingOnFrom(0)).isSameAs(added);
        // A revived document has counted on already.
        assertThat(next.goingOnFrom(7)).isSameAs(next);
    }

    @Test
    void aRevivedDocumentBeginsItsTextAnew() {
        Document deleted = document("title", "content", YEAR, EARLIER).embeddedAt(SET, 1L);
        Document revived = document("title", "content", YEAR, LATER).reviving(deleted);
        assertThat(revived.version()).isEqualTo(2);
        assertThat(revived.textVersion()).isEqualTo(2);
        assertThat(revived.isEmbedded(SET)).isFalse();
    }

    @Test
    void saysTheSameWithTheSameTextAndMetadata() {
        Document document = document("title", "content", YEAR, EARLIER);
        assertThat(document.saysTheSameAs(document("title", "content", new Metadata(Map.of("year", 1984.0)), LATER)))
                .isTrue();
        assertThat(document.saysTheSameAs(document("title", "content", Metadata.EMPTY, EARLIER)))
                .isFalse();
        assertThat(document.saysTheSameAs(document("title", null, YEAR, EARLIER)))
                .isFalse();
    }

    @Test
    void hasTextIfThereIsAnythingToRead() {
        assertThat(document("title", null, YEAR, EARLIER).hasText()).isTrue();
        assertThat(document(null, "content", YEAR, EARLIER).hasText()).isTrue();
        assertThat(document(null, null, YEAR, EARLIER).hasText()).isFalse();
        assertThat(document(" ", "\n", YEAR, EARLIER).hasText()).isFalse();
    }

    private static Document document(
            @Nullable String title, @Nullable String content, Metadata metadata, Instant time) {
        return DocumentSamples.first(UUID.randomUUID(), UUID.randomUUID(), Text.of(title, content), metadata, time);
    }
}
