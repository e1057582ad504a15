package dev.tandem.domain.collection;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.domain.collection.OwnVectorRules.Present;
import dev.tandem.domain.document.ContentHash;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Metadata;
import dev.tandem.domain.document.Submission;
import dev.tandem.domain.document.Vector;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.error.Violation;
import dev.tandem.testing.CollectionSamples;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnVectorRulesTest {

    private static final Collection MODEL = new CollectionSamples(new Random(1)).next(CollectionSamples.fakeModel());
    private static final Collection NONE = new CollectionSamples(new Random(2)).next(CollectionSamples.ownVectors(2));
    private static final Vector VECTOR = Vector.of(1, 2);

    @Test
    void aNewTextThatNoModelEmbedsIsRefused() {
        assertRefused(NONE, own("a"), Submission.keepingVector(document("b")), "/vector", "document.vector.outdated");
        assertRefused(NONE, own("a"), Submission.keepingVector(document(null)), "/vector", "document.vector.outdated");
        assertRefused(MODEL, own("a"), Submission.keepingVector(document(" ")), "/vector", "document.vector.outdated");
    }

    @Test
    void nothingIsRefusedThatLosesNothing() {
        assertPasses(MODEL, own("a"), Submission.keepingVector(document("b")));
        assertPasses(NONE, own("a"), Submission.keepingVector(document("a")));
        assertPasses(NONE, own(null), Submission.keepingVector(document(null)));
        assertPasses(NONE, without("a"), Submission.keepingVector(document("b")));
        assertPasses(NONE, null, Submission.keepingVector(document("b")));
    }

    @Test
    void whatIsSaidOfTheVectorIsDone() {
        assertPasses(NONE, own("a"), new Submission(document("b"), VECTOR));
        assertPasses(NONE, own("a"), new Submission(document("b"), null));
    }

    @Test
    void nothingAtAllIsNoDocument() {
        assertRefused(NONE, null, Submission.keepingVector(document(null)), "", "document.empty");
        assertRefused(MODEL, without("a"), Submission.keepingVector(document(null)), "", "document.empty");
    }

    private static Present own(@Nullable String text) {
        return Present.of(new Submission(document(text), VECTOR));
    }

    private static Present without(@Nullable String text) {
        return Present.of(new Submission(document(text), null));
    }

    private static void assertPasses(Collection collection, @Nullable Present present, Submission wanted) {
        assertThatCode(() -> OwnVectorRules.check(collection, present, wanted)).doesNotThrowAnyException();
    }

    private static void assertRefused(
            Collection collection, @Nullable Present present, Submission wanted, String pointer, String code) {
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> OwnVectorRules.check(collection, present, wanted))
                .extracting(refusal -> refusal.violations().getFirst())
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(pointer, code);
    }

    private static Document document(@Nullable String text) {
        UUID id = UUID.randomUUID();
        ContentHash hash = ContentHash.of(null, text);
        Instant now = Instant.EPOCH;
        return new Document(id, id, "key", null, text, Metadata.EMPTY, hash, 1, 1, null, now, now, null);
    }
}
