package dev.tandem.repository;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.EmbeddingTask;
import dev.tandem.domain.embedding.HeldTask;
import dev.tandem.domain.embedding.WantedVectors;
import dev.tandem.domain.job.Backlog;
import dev.tandem.domain.job.JobState;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.FakeEmbedder;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service's own worker is kept busy with a document that never ends, so the tasks here belong to the test alone. */
@QuarkusTest
class EmbeddingTaskRepositoryComponentTest {

    private static final Duration LEASE = Duration.ofMinutes(5);

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    EmbeddingTaskRepository tasks;

    @Inject
    EmbeddingClaimRepository claims;

    @Inject
    BacklogRepository backlogs;

    @Inject
    FakeEmbedder embedder;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void keepTheWorkerBusy() throws SQLException {
        owner = world.collection(CollectionSamples.fakeModel());
        embedder.hold();
        Document bait = world.put(owner, "bait", "bait");
        await().atMost(PATIENCE)
                .until(() -> Database.number(
                                "select count(*) from embedding_task where document_id = ? and lease_until is not null",
                                bait.id())
                        == 1);
    }

    @AfterEach
    void letTheWorkerGo() {
        embedder.reset();
        world.delete(owner);
    }

    @Test
    void noTwoWorkersTakeTheSameTask() {
        Set<UUID> due = put(60);
        List<Uni<List<HeldTask>>> workers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            workers.add(unitOfWork.write(() -> claims.claim(wanted(5), LEASE)));
        }
        List<UUID> taken = get(Uni.join().all(workers).andFailFast()).stream()
                .flatMap(List::stream)
                .map(HeldTask::documentId)
                .toList();
        assertThat(taken).doesNotHaveDuplicates().hasSize(60);
        assertThat(due).containsAll(taken);
        assertThat(claim(100)).isEmpty();
    }

    @Test
    void theBacklogHasWhatWaitsWhatIsParkedAndWhichJobsAreOpen() throws SQLException {
        Backlog before = backlog();
        List<UUID> due = List.copyOf(put(4));
        Database.execute("update embedding_task set parked_at = now() where document_id = ?", due.get(0));
        Database.execute(
                "update embedding_task set asked_at = now() - interval '3 days' where document_id = ?", due.get(1));
        UUID job = UUID.randomUUID();
        Database.execute("""
                insert into job (id, kind, collection_id, collection, parameters, state, done, failed, sequence, attempts, due_at,
                                 cancel_requested, created_at)
                values (?, 'none', ?, 'none', '{}', 'QUEUED', 0, 0, 0, 0, now(), false, now())
                """, job, owner.id());
        try {
            Backlog now = backlog();
            assertThat(now.pending()).isEqualTo(before.pending() + 3);
            assertThat(now.parked()).isEqualTo(before.parked() + 1);
            assertThat(now.oldest()).isBetween(Duration.ofDays(3), Duration.ofDays(4));
            assertThat(now.jobs().get(JobState.QUEUED)).isEqualTo(before.jobs().getOrDefault(JobState.QUEUED, 0L) + 1);
        } finally {
            Database.execute("delete from job where id = ?", job);
        }
    }

    private Backlog backlog() {
        return get(unitOfWork.read(backlogs::read));
    }

    @Test
    void whatAnotherIsTakingIsPassedOver() throws SQLException {
        List<UUID> due = List.copyOf(put(3));
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.execute(other, "select 1 from embedding_task where document_id = ? for update", due.get(1));
            assertThat(claim(100)).extracting(HeldTask::documentId).containsExactlyInAnyOrder(due.get(0), due.get(2));
            other.rollback();
        }
        assertThat(claim(100)).extracting(HeldTask::documentId).containsExactly(due.get(1));
    }

    @Test
    void takesNoMoreThanAskedForAndTheLongestDueFirst() throws SQLException {
        List<UUID> due = List.copyOf(put(5));
        Database.execute(
                "update embedding_task set due_at = now() - interval '1 hour' where document_id = ?", due.get(3));
        assertThat(claim(1)).extracting(HeldTask::documentId).containsExactly(due.get(3));
        assertThat(claim(2)).hasSize(2);
        assertThat(claim(100)).hasSize(2);
    }

    /** A job progresses nevertheless: it gets a quarter, and whatever writes do not need. */
    @Test
    void whatIsWrittenDoesNotWaitForAJobsTasks() throws SQLException {
        List<UUID> due = List.copyOf(put(20));
        List<UUID> again = due.subList(0, 10);
        // These count as embedded before a job asks again. A task that a write waits for stays the write's.
        get(unitOfWork
                .write(() -> tasks.remove(again).chain(() -> tasks.redo(UUID.randomUUID(), 0, again)))
                .replaceWith(true));
        Database.execute("update embedding_task set due_at = now() - interval '1 hour' where job_id is not null");
        // A new write's task counts as the write's, even if a job waits for it.
        get(unitOfWork
                .write(() -> tasks.put(List.of(new WantedVectors(due.getFirst(), owner.id(), 2))))
                .replaceWith(true));
        List<UUID> first = claim(16).stream().map(HeldTask::documentId).toList();
        assertThat(first).hasSize(16).contains(due.getFirst()).containsAll(due.subList(10, 20));
        assertThat(first.stream().filter(due.subList(1, 10)::contains)).hasSize(5);
        assertThat(claim(100)).hasSize(4);
    }

    /** Clients may wait for a write, so a job does not put the write's task behind its own. */
    @Test
    void whatAJobAsksForAgainStaysTheWrites() throws SQLException {
        UUID document = put(1).iterator().next();
        String asked = "select asked_by || ' ' || cast(sequence as text) from embedding_task where document_id = ?";
        List<Object> before = Database.column(asked, document);
        HeldTask old = claim(1).getFirst();
        get(unitOfWork
                .write(() -> tasks.redo(UUID.randomUUID(), 0, List.of(document)))
                .replaceWith(true));
        assertThat(Database.column(asked, document)).isEqualTo(before);
        // But the vectors that are being made have old settings.
        assertThat(get(unitOfWork.write(() -> tasks.finish(List.of(old))))).isEmpty();
        assertThat(claim(1)).hasSize(1);
    }

    /** However the job came to ask for this document: the caller may have read it before the own vector was written. */
    @Test
    void noJobAsksForADocumentWithACallersVector() throws SQLException {
        Document own = world.put(
                owner, "own", "text", Map.of(), FakeEmbedder.vectorOf("mine").toArray());
        UUID other = put(1).iterator().next();
        get(unitOfWork
                .write(() -> tasks.redo(UUID.randomUUID(), 0, List.of(own.id(), other)))
                .replaceWith(true));
        assertThat(claim(10)).extracting(HeldTask::documentId).containsExactly(other);
    }

    /** A collection that is being deleted keeps its tasks locked for that time. */
    @Test
    void whatAnotherHasLockedHoldsUpNoLeases() throws SQLException {
        put(3);
        List<HeldTask> held = claim(10);
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.execute(
                    other,
                    "select 1 from embedding_task where document_id = ? for update",
                    held.get(1).documentId());
            assertThat(get(unitOfWork.write(() -> tasks.renew(held, LEASE))))
                    .containsExactlyInAnyOrder(held.get(0).token(), held.get(2).token());
            get(unitOfWork.write(() -> tasks.giveBack(held, null)).replaceWith(true));
            other.rollback();
        }
        assertThat(claim(10))
                .extracting(HeldTask::documentId)
                .containsExactlyInAnyOrder(held.get(0).documentId(), held.get(2).documentId());
    }

    /** One of them may have caused the failure of all. */
    @Test
    void whatIsGivenBackWithAnErrorComesAfterTheOthers() {
        put(2);
        List<HeldTask> first = claim(1);
        get(unitOfWork.write(() -> tasks.giveBack(first, "the model was away")).replaceWith(true));
        assertThat(claim(1).getFirst().documentId())
                .isNotEqualTo(first.getFirst().documentId());
    }

    @Test
    void collectionsTakeTurns() {
        put(30);
        Collection other = world.collection(CollectionSamples.fakeModel());
        UUID late = world.put(other, "late", "late").id();
        assertThat(claim(4)).extracting(HeldTask::documentId).contains(late);
        world.delete(other);
    }

    @Test
    void collectionsWhoseModelIsAwayArePassedOver() {
        put(3);
        EmbeddingClaimRepository.Wanted passing =
                new EmbeddingClaimRepository.Wanted(10, false, Long.MAX_VALUE, Set.of(FakeEmbedder.MODEL));
        assertThat(claim(passing)).isEmpty();
        assertThat(claim(10)).hasSize(3);
    }

    @Test
    void takesNoMoreBytesThanAskedForAndOneTaskAtLeast() {
        put(10);
        EmbeddingClaimRepository.Wanted few = new EmbeddingClaimRepository.Wanted(10, false, 12, Set.of());
        // "text 0" and so on are 6 bytes each.
        assertThat(claim(few)).hasSize(2);
        assertThat(claim(10)).hasSize(8);
    }

    @Test
    void aLeaseEndsByTheDatabasesClock() throws SQLException {
        UUID document = put(1).iterator().next();
        assertThat(claim(1)).hasSize(1);
        assertThat(claim(1)).isEmpty();
        long lease = Database.number(
                "select extract(epoch from lease_until - now()) from embedding_task where document_id = ?", document);
        assertThat(lease).isBetween(LEASE.toSeconds() - 60, LEASE.toSeconds());
        Database.execute(
                "update embedding_task set lease_until = now() - interval '1 second' where document_id = ?", document);
        assertThat(claim(1)).hasSize(1);
        assertThat(claim(1)).isEmpty();
    }

    @Test
    void aTryCountsWhereItBegins() throws SQLException {
        put(2);
        List<HeldTask> taken = claim(2);
        assertThat(taken).extracting(held -> held.task().attempts()).containsOnly(0);
        Database.execute("update embedding_task set lease_until = now() + interval '1 second'");
        assertThat(begin(taken.subList(0, 1))).hasSize(1);
        assertThat(Database.number(
                        "select count(*) from embedding_task where lease_until > now() + interval '1 minute'"))
                .isEqualTo(1);
        Database.execute(
                "update embedding_task set lease_until = now() - interval '1 second' where collection_id = ?",
                owner.id());
        assertThat(claim(3))
                .extracting(HeldTask::documentId, held -> held.task().attempts())
                .contains(
                        tuple(taken.get(0).documentId(), 1), tuple(taken.get(1).documentId(), 0));
    }

    /** Otherwise the lease for the old text would delay the new text, which no replica is working on. */
    @Test
    void aNewTextDoesNotWaitForTheOldOnesLease() {
        UUID document = put(1).iterator().next();
        List<HeldTask> old = claim(1);
        EmbeddingTask newer =
                new EmbeddingTask(document, 0, owner.id(), old.getFirst().task().version() + 1, 0);
        get(unitOfWork.write(() -> tasks.put(List.of(wanted(newer)))));
        assertThat(begin(old)).isEmpty();
        assertThat(claim(1)).extracting(HeldTask::task).containsExactly(newer);
    }

    @Test
    void whatIsPutOffOrParkedIsNotTaken() throws SQLException {
        List<UUID> due = List.copyOf(put(2));
        List<HeldTask> taken = claim(2);
        get(unitOfWork.write(() -> tasks.defer(taken.get(0), "later", Duration.ofHours(1))
                .chain(() -> tasks.park(taken.get(1), "never"))));
        assertThat(claim(2)).isEmpty();
        assertThat(Database.column(
                        "select error from embedding_task where document_id in (?, ?) and lease_until is null order by error",
                        due.get(0),
                        due.get(1)))
                .containsExactly("later", "never");
        Database.execute(
                "update embedding_task set due_at = now() where document_id = ?",
                taken.get(0).documentId());
        assertThat(claim(2))
                .extracting(HeldTask::task)
                .containsExactly(taken.get(0).task());
    }

    @Test
    void aNewTextBeginsAnewAndEndsTheOldTask() throws SQLException {
        UUID document = put(1).iterator().next();
        HeldTask old = claim(1).getFirst();
        get(unitOfWork.write(() -> tasks.park(old, "never")));
        EmbeddingTask newer =
                new EmbeddingTask(document, 0, owner.id(), old.task().version() + 1, 0);
        get(unitOfWork.write(() -> tasks.put(List.of(wanted(newer)))));
        // A worker that still has the old text is too late for everything.
        assertThat(get(unitOfWork.write(() -> tasks.finish(List.of(old))))).isEmpty();
        get(unitOfWork.write(() -> tasks.defer(old, "late", LEASE).chain(() -> tasks.park(old, "late"))));
        List<HeldTask> current = claim(1);
        assertThat(current).extracting(HeldTask::task).containsExactly(newer);
        assertThat(get(unitOfWork.write(() -> tasks.finish(current))))
                .containsExactly(current.getFirst().token());
        assertThat(Database.number("select count(*) from embedding_task where document_id = ?", document))
                .isZero();
    }

    @Test
    void whoFinishesSecondIsToldSo() {
        put(2);
        List<HeldTask> taken = claim(2);
        assertThat(get(unitOfWork.write(() -> tasks.finish(taken.subList(0, 1)))))
                .hasSize(1);
        assertThat(get(unitOfWork.write(() -> tasks.finish(taken))))
                .containsExactly(taken.get(1).token());
    }

    /** The tasks in the order in which they become due. */
    private Set<UUID> put(int count) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(world.put(owner, "document-" + i, "text " + i).id());
        }
        return ids;
    }

    private Set<UUID> begin(List<HeldTask> taken) {
        return get(unitOfWork.write(() -> tasks.begin(taken, LEASE)));
    }

    private static WantedVectors wanted(EmbeddingTask task) {
        return new WantedVectors(task.documentId(), task.collectionId(), task.version());
    }

    private List<HeldTask> claim(int limit) {
        return claim(wanted(limit));
    }

    private List<HeldTask> claim(EmbeddingClaimRepository.Wanted wanted) {
        return get(unitOfWork.write(() -> claims.claim(wanted, LEASE)));
    }

    private static EmbeddingClaimRepository.Wanted wanted(int limit) {
        return new EmbeddingClaimRepository.Wanted(limit, false, Long.MAX_VALUE, Set.of());
    }
}
