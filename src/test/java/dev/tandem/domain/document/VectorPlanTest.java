package dev.tandem.domain.document;

import static dev.tandem.domain.document.VectorPlan.BRING;
import static dev.tandem.domain.document.VectorPlan.DROP;
import static dev.tandem.domain.document.VectorPlan.EMBED;
import static dev.tandem.domain.document.VectorPlan.KEEP;
import static dev.tandem.domain.document.VectorPlan.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorPlanTest {

    private static final VectorSet SET = new VectorSet(0, new EmbeddingSettings("fake", 64, Metric.COSINE));

    private static final Collection MODEL = new CollectionSamples(new Random(1)).next(CollectionSamples.fakeModel());
    private static final Collection NONE = new CollectionSamples(new Random(2)).next(CollectionSamples.ownVectors(2));

    /** Letters stand for texts and vectors; a dash means that there is none. */
    @ParameterizedTest(name = "text {0}, vector {1}: {2} with a model, {3} without")
    @CsvSource({"a, -, EMBED, KEEP", "a, x, BRING, BRING", "-, x, BRING, BRING", "-, -, KEEP, KEEP"})
    void planOfTheNew(String text, String vector, VectorPlan withModel, VectorPlan without) {
        assertThat(VectorPlan.first(MODEL, submission(text, vector))).isEqualTo(withModel);
        assertThat(VectorPlan.first(NONE, submission(text, vector))).isEqualTo(without);
    }

    @ParameterizedTest(name = "text {0} to {1}, vector {2} to {3}: {4} with a model, {5} without")
    @CsvSource({
        // the model's vectors, or none yet
        "a, a, -, -, KEEP,  KEEP",
        "a, b, -, -, EMBED, DROP",
        "a, -, -, -, DROP,  DROP",
        "-, b, -, -, EMBED, DROP",
        "-, -, -, -, KEEP,  KEEP",
        // the caller's takes their place
        "a, a, -, x, BRING, BRING",
        "a, b, -, x, BRING, BRING",
        "-, -, -, x, BRING, BRING",
        // the own vector stays, is changed, is removed
        "a, a, x, x, KEEP,  KEEP",
        "a, a, x, y, BRING, BRING",
        "a, b, x, y, BRING, BRING",
        "a, a, x, -, EMBED_ANEW, DROP",
        "a, b, x, -, EMBED_ANEW, DROP",
        "a, -, x, -, DROP,  DROP",
        "-, -, x, -, DROP,  DROP",
        // the same vector for another text: its chunk has another end
        "a, b, x, x, BRING, BRING",
        "a, -, x, x, BRING, BRING",
    })
    void planOfAReplacement(
            String text, String newText, String vector, String newVector, VectorPlan withModel, VectorPlan without) {
        DocumentState current = submission(text, vector);
        DocumentState replacement = submission(newText, newVector);
        assertThat(VectorPlan.next(MODEL, current, replacement)).isEqualTo(withModel);
        assertThat(VectorPlan.next(NONE, current, replacement)).isEqualTo(without);
    }

    @ParameterizedTest(name = "text {0} to {1}, vector {2} not mentioned: {3} with a model, {4} without")
    @CsvSource({
        // the vector stays with the text
        "a, a, x, KEEP,  KEEP",
        "-, -, x, KEEP,  KEEP",
        "a, a, -, KEEP,  KEEP",
        // the model embeds a new text; without one, the rules have refused what would lose a vector
        "a, b, x, EMBED, DROP",
        "a, b, -, EMBED, DROP",
        "-, b, -, EMBED, DROP",
        "a, -, -, DROP,  DROP",
    })
    void planOfAReplacementThatDoesNotMentionTheVector(
            String text, String newText, String vector, VectorPlan withModel, VectorPlan without) {
        DocumentState current = submission(text, vector);
        DocumentState replacement =
                DocumentState.keepingVector(submission(newText, "-").document());
        assertThat(VectorPlan.next(MODEL, current, replacement)).isEqualTo(withModel);
        assertThat(VectorPlan.next(NONE, current, replacement)).isEqualTo(without);
    }

    @Test
    void chunksAreTakenOverUnlessThoseThereAreOfTheSameText() {
        Document current = submission("a", "-").document();
        DocumentState again = DocumentState.embedded(submission("a", "-").document(), List.of(), false);
        Document embedded = current.embeddedAt(SET, 1L);
        Document stale = submission("b", "-").document().embeddedAt(SET, 1L).replacedBy(current);
        assertThat(stale.hasStaleVectors(SET)).isTrue();
        assertThat(VectorPlan.next(MODEL, new DocumentState(current, null), again))
                .isEqualTo(RESTORE);
        assertThat(VectorPlan.next(MODEL, new DocumentState(embedded, null), again))
                .isEqualTo(KEEP);
        assertThat(VectorPlan.next(MODEL, new DocumentState(stale, null), again))
                .isEqualTo(RESTORE);
    }

    /** Sending a model's chunks says nothing about the own vector. */
    @Test
    void chunksTakeACallersVectorsPlaceOnlyWithANewTextOrWithItsLeave() {
        DocumentState own = submission("a", "x");
        assertThat(VectorPlan.next(MODEL, own, chunks("a", true))).isEqualTo(KEEP);
        assertThat(VectorPlan.next(MODEL, own, chunks("a", false))).isEqualTo(RESTORE);
        assertThat(VectorPlan.next(MODEL, own, chunks("b", true))).isEqualTo(RESTORE);
    }

    private static DocumentState chunks(String text, boolean keepsVector) {
        return DocumentState.embedded(submission(text, "-").document(), List.of(), keepsVector);
    }

    @Test
    void blankTextIsNotEmbedded() {
        assertThat(VectorPlan.first(MODEL, submission(" \n", "-"))).isEqualTo(KEEP);
        assertThat(VectorPlan.next(MODEL, submission("a", "-"), submission(" ", "-")))
                .isEqualTo(DROP)
                .isNotIn(EMBED, BRING);
    }

    @Test
    void metadataMovesNothing() {
        DocumentState current = submission("a", "-");
        Document document = current.document();
        Metadata year = new Metadata(Map.of("year", 2026));
        DocumentState replacement = new DocumentState(
                document.replacedBy(DocumentSamples.first(
                        document.identity(), document.body().text(), year)),
                null);
        assertThat(VectorPlan.next(MODEL, current, replacement)).isEqualTo(KEEP);
    }

    private static DocumentState submission(String letter, String vector) {
        String text = letter.equals("-") ? null : letter;
        Document document = DocumentSamples.first(
                UUID.randomUUID(), MODEL.id(), Text.of(null, text), Metadata.EMPTY, Instant.EPOCH);
        return new DocumentState(document, vector(vector));
    }

    private static @Nullable Vector vector(String letter) {
        return switch (letter) {
            case "x" -> Vector.of(1, 0);
            case "y" -> Vector.of(0, 1);
            default -> null;
        };
    }
}
