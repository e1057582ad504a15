package dev.tandem.service.quota;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.JobFactory;
import dev.tandem.repository.AmountRepository;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.repository.JobRepository;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.Waiting;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
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

    @Inject
    JobRepository jobs;

    @Inject
    JobFactory factory;

    private static final int MANY = 1_000_000;

    private final Random random = new Random();
    private final Collection owner = new CollectionSamples(random).next(CollectionSamples.ownVectors(2));
    private final DocumentSamples samples = new DocumentSamples(random);

    private record Limits(int collections, long documents, long spoolBytes, double share) implements QuotaConfig {
        Limits(int collections, long documents) {
            this(collections, documents, 0, 1);
        }

        @Override
        public MemorySize spool() {
            return new MemorySize(BigInteger.valueOf(spoolBytes));
        }

        @Override
        public MemorySize history() {
            return new MemorySize(BigInteger.ZERO);
        }
    }

    @BeforeEach
    void add() {
        get(unitOfWork.write(
                () -> collections.add(owner, Principal.ANYBODY).chain(() -> documents.add(samples.next(owner.id())))));
    }

    @Test
    void thereAreNoMoreCollectionsThanThereMayBe() {
        int present = Math.toIntExact(get(unitOfWork.read(amounts::collections)));
        assertThat(present).isPositive();
        refused(() -> new Quotas(new Limits(1, 0), amounts).oneMoreCollection(Principal.ANYBODY), "quota.collections");
        get(unitOfWork.read(
                () -> new Quotas(new Limits(present + 1_000, 0), amounts).oneMoreCollection(Principal.ANYBODY)));
        get(unitOfWork.read(() -> new Quotas(new Limits(0, 0), amounts).oneMoreCollection(Principal.ANYBODY)));
    }

    @Test
    void oneCallerMakesAPartOfTheCollectionsOnly() {
        Principal ada = principal();
        Collection made = new CollectionSamples(random).next(CollectionSamples.ownVectors(2));
        get(unitOfWork.write(() -> collections.add(made, ada)));
        Quotas quotas = new Quotas(new Limits(MANY, 0, 0, 1.0 / MANY), amounts);
        refused(() -> quotas.oneMoreCollection(ada), "quota.collections");
        get(unitOfWork.read(() -> quotas.oneMoreCollection(principal())));
        get(unitOfWork.read(() -> quotas.oneMoreCollection(Principal.ANYBODY)));
    }

    @Test
    void oneCallersImportsFillAPartOfTheSpoolOnly() throws SQLException {
        Principal ada = principal();
        Job job = importJob(ada.name() + "\nBob");
        get(unitOfWork.write(() -> jobs.add(job)));
        Database.execute(
                "insert into import_page (job_id, ordinal, lines) values (?, 1, cast('0123456789' as bytea))",
                job.id());
        Quotas quotas = new Quotas(new Limits(0, 0, MANY, 12.0 / MANY), amounts);
        refused(() -> quotas.moreLines(ada.name(), 3), "quota.spool");
        get(unitOfWork.read(() -> quotas.moreLines(ada.name(), 2)));
        refused(() -> quotas.moreLines(ada.name(), 1), "quota.spool");
        get(unitOfWork.read(() -> quotas.moreLines(principal().name(), 3)));
        get(unitOfWork.read(() -> quotas.moreLines(null, 3)));
        refused(() -> quotas.moreLines(null, MANY), "quota.spool");
        Database.execute("delete from job where id = ?", job.id());
    }

    /** Of a kind that nobody runs. */
    private Job importJob(String author) {
        return factory.create("quotas", owner, Map.of("author", author), null);
    }

    private static Principal principal() {
        return Principal.of("key:" + UUID.randomUUID(), Grants.EVERYTHING);
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
