package dev.tandem.service.quota;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.AmountRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.Waiting;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QuotasComponentTest {

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    @Inject
    DocumentRepository documents;

    @Inject
    AmountRepository amounts;

    private final Random random = new Random();
    private final Collection owner = new CollectionSamples(random).next(CollectionSamples.ownVectors(2));
    private final DocumentSamples samples = new DocumentSamples(random);

    private record Limits(int collections, long documents) implements QuotaConfig {
        @Override
        public MemorySize spool() {
            return new MemorySize(BigInteger.ZERO);
        }

        @Override
        public MemorySize history() {
            return new MemorySize(BigInteger.ZERO);
        }
    }

    @BeforeEach
    void add() {
        get(unitOfWork.write(() -> collections.add(owner).chain(() -> documents.add(samples.next(owner.id())))));
    }

    @Test
    void thereAreNoMoreCollectionsThanThereMayBe() {
        int present = Math.toIntExact(get(unitOfWork.read(amounts::collections)));
        assertThat(present).isPositive();
        refused(() -> new Quotas(new Limits(1, 0), amounts).oneMoreCollection(), "quota.collections");
        get(unitOfWork.read(() -> new Quotas(new Limits(present + 1_000, 0), amounts).oneMoreCollection()));
        get(unitOfWork.read(() -> new Quotas(new Limits(0, 0), amounts).oneMoreCollection()));
    }

    /** What was let in and not stored in the end takes room for a moment only. */
    @Test
    void documentsAreCountedNowAndThenAndEstimatedInBetween() {
        Quotas quotas = new Quotas(new Limits(0, 3), amounts);
        get(unitOfWork.read(() -> quotas.moreDocuments(owner, 1)));
        get(unitOfWork.read(() -> quotas.moreDocuments(owner, 1)));
        refused(() -> quotas.moreDocuments(owner, 1), "quota.documents");
        await().atMost(Waiting.PATIENCE)
                .until(() -> get(unitOfWork
                        .read(() -> quotas.moreDocuments(owner, 2).replaceWith(true))
                        .onFailure(Refusal.Full.class)
                        .recoverWithItem(false)));
        refused(() -> quotas.moreDocuments(owner, 3), "quota.documents");
    }

    private void refused(Supplier<Uni<Void>> check, String code) {
        assertThatExceptionOfType(Refusal.Full.class)
                .isThrownBy(() -> get(unitOfWork.read(check)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
