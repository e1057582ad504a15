package dev.tandem.domain.document;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.OwnVectorRules.Present;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
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
        assertRefused(
                NONE, own("a"), DocumentState.keepingVector(document("b")), "/vector", "document.vector.outdated");
        assertRefused(
                NONE, own("a"), DocumentState.keepingVector(document(null)), "/vector", "document.vector.outdated");
        assertRefused(
                MODEL, own("a"), DocumentState.keepingVector(document(" ")), "/vector", "document.vector.outdated");
    }

    @Test
    void nothingIsRefusedThatLosesNothing() {
        assertPasses(MODEL, own("a"), DocumentState.keepingVector(document("b")));
        assertPasses(NONE, own("a"), DocumentState.keepingVector(document("a")));
        assertPasses(NONE, own(null), DocumentState.keepingVector(document(null)));
        assertPasses(NONE, without("a"), DocumentState.keepingVector(document("b")));
        assertPasses(NONE, null, DocumentState.keepingVector(document("b")));
    }

    @Test
    void whatIsSaidOfTheVectorIsDone() {
        assertPasses(NONE, own("a"), new DocumentState(document("b"), VECTOR));
        assertPasses(NONE, own("a"), new DocumentState(document("b"), null));
    }

    @Test
    void nothingAtAllIsNoDocument() {
        assertRefused(NONE, null, DocumentState.keepingVector(document(null)), "", "document.empty");
        assertRefused(MODEL, without("a"), DocumentState.keepingVector(document(null)), "", "document.empty");
    }

    private static Present own(@Nullable String text) {
        return Present.of(new DocumentState(document(text), VECTOR));
    }

    private static Present without(@Nullable String text) {
        return Present.of(new DocumentState(document(text), null));
    }

    private static void assertPasses(Collection collection, @Nullable Present present, DocumentState wanted) {
        assertThatCode(() -> OwnVectorRules.check(collection, present, wanted)).doesNotThrowAnyException();
    }

    private static void assertRefused(
            Collection collection, @Nullable Present present, DocumentState wanted, String pointer, String code) {
        assertThatExceptionOfType(Refusal.Rejected.class)
                .isThrownBy(() -> OwnVectorRules.check(collection, present, wanted))
                .extracting(refusal -> refusal.violations().getFirst())
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(pointer, code);
    }

    private static Document document(@Nullable String text) {
        UUID id = UUID.randomUUID();
        return DocumentSamples.first(id, id, Text.of(null, text), Metadata.EMPTY, Instant.EPOCH);
    }
}
