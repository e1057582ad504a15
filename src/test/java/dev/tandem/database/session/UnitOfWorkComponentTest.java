package dev.tandem.database.session;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.database.entity.DocumentEntity;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.Waiting;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnitOfWorkComponentTest {

    private static final int MORE_THAN_THE_POOL = 64;
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String LOCK = "select 1 from document where id = ? for update";
    private static final String PRETEND_CONFLICT =
            "do $$ begin raise exception 'pretended' using errcode = '40001'; end $$";

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    CollectionRepository collections;

    @Inject
    DocumentRepository documents;

    @Inject
    Vertx vertx;

    private final Random random = new Random();
    private final DocumentSamples samples = new DocumentSamples(random);
    private final Collection owner = new CollectionSamples(random).next(CollectionSamples.ownVectors(2));
    private final Document one = samples.next(owner.id());
    private final Document other = samples.next(owner.id());

    @BeforeEach
    void addRows() {
        get(unitOfWork.write(() -> collections
                .add(owner, Principal.ANYBODY)
                .chain(() -> documents.add(one))
                .chain(() -> documents.add(other))));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Database.busyConnections()).isEmpty());
    }

    @Test
    void aFailureRollsBackEverything() throws SQLException {
        Document added = samples.next(owner.id());
        Uni<Void> work = unitOfWork.write(() -> documents
                .add(added)
                .chain(() -> documents.lock(owner.id(), one.key()))
                .chain(() -> documents.replace(one.replacedBy(other)))
                .chain(() -> documents.remove(other))
                .chain(() -> Uni.createFrom().failure(new IllegalStateException("at the end"))));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> get(work))
                .withMessage("at the end");
        assertThat(Database.column("select id from document where collection_id = ?", owner.id()))
                .containsExactlyInAnyOrder(one.id(), other.id());
        assertThat(version(one)).isEqualTo(one.version());
    }

    @Test
    void aRefusalStandsIfTheConnectionIsLostWithIt() {
        Refusal refusal = Refusal.NotFound.of(Document.NOUN, one.key());
        Uni<Void> work =
                unitOfWork.write(() -> documents.lock(owner.id(), one.key()).chain(() -> {
                    assertThat(Database.endTransactions()).isPositive();
                    return Uni.createFrom().failure(refusal);
                }));
        assertThatExceptionOfType(Refusal.NotFound.class)
                .isThrownBy(() -> get(work))
                .satisfies(answered -> assertThat(answered.code()).isEqualTo(refusal.code()));
    }

    @Test
    void aLongStatementStaysPrepared() {
        String statement = "select 1 where 1 in (" + "1, ".repeat(1_500) + "1)";
        long prepared = get(unitOfWork.read(() -> Panache.getSession().chain(session -> session.createNativeQuery(
                        statement, Integer.class)
                .getSingleResult()
                .chain(() -> session.createNativeQuery(
                                "select count(*) from pg_prepared_statements where statement = :statement", Long.class)
                        .setParameter("statement", statement)
                        .getSingleResult()))));
        assertThat(prepared).isOne();
    }

    @Test
    void whatIsReadIsNotWrittenBack() throws SQLException {
        get(unitOfWork.read(
                () -> DocumentEntity.<DocumentEntity>findById(one.id()).invoke(row -> row.version = 777)));
        assertThat(version(one)).isEqualTo(one.version());
    }

    @Test
    void allStatementsOfAReadOfOneStateSeeIt() {
        Document seen = get(unitOfWork.readOneState(() -> documents
                .find(owner.id(), Scope.EVERYTHING, other.key())
                .invoke(() -> change(one, 777))
                .chain(() -> documents.find(owner.id(), Scope.EVERYTHING, one.key()))));
        assertThat(seen.version()).isEqualTo(one.version());
        Document seenNow = get(unitOfWork.read(() -> documents
                .find(owner.id(), Scope.EVERYTHING, other.key())
                .invoke(() -> change(one, 778))
                .chain(() -> documents.find(owner.id(), Scope.EVERYTHING, one.key()))));
        assertThat(seenNow.version()).isEqualTo(778);
    }

    @Test
    void whatIsReadOfOneStateIsNotWrittenBack() throws SQLException {
        get(unitOfWork.readOneState(
                () -> DocumentEntity.<DocumentEntity>findById(one.id()).invoke(row -> row.version = 777)));
        assertThat(version(one)).isEqualTo(one.version());
    }

    /** As somebody else. */
    private static void change(Document document, long version) {
        try {
            Database.execute("update document set version = ? where id = ?", version, document.id());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofADeadlockBothSurvive() {
        CompletableFuture<Void> oneLocked = new CompletableFuture<>();
        CompletableFuture<Void> otherLocked = new CompletableFuture<>();
        AtomicInteger attempts = new AtomicInteger();
        Uni<Void> there = unitOfWork.write(() -> cross(one, oneLocked, other, otherLocked, attempts));
        Uni<Void> back = unitOfWork.write(() -> cross(other, otherLocked, one, oneLocked, attempts));
        get(Uni.join().all(there, back).andFailFast());
        assertThat(attempts).as("two, and one again").hasValue(3);
    }

    private Uni<Void> cross(
            Document mine,
            CompletableFuture<Void> mineLocked,
            Document theirs,
            CompletableFuture<Void> theirsLocked,
            AtomicInteger attempts) {
        attempts.incrementAndGet();
        return documents
                .lock(owner.id(), mine.key())
                .invoke(() -> mineLocked.complete(null))
                .chain(() -> Waiting.meet(theirsLocked))
                .chain(() -> documents.lock(owner.id(), theirs.key()))
                .replaceWithVoid();
    }

    @Test
    void aSerializationFailureIsTriedAgainInANewTransaction() {
        AtomicInteger attempts = new AtomicInteger();
        List<Long> transactions = new ArrayList<>();
        get(unitOfWork.write(() -> transaction()
                .invoke(transactions::add)
                .chain(() -> attempts.incrementAndGet() <= 3
                        ? pretendConflict()
                        : Uni.createFrom().voidItem())));
        assertThat(transactions).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void whoNeverWinsIsAskedToComeBack() {
        AtomicInteger attempts = new AtomicInteger();
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> get(unitOfWork.write(() -> {
                    attempts.incrementAndGet();
                    return pretendConflict();
                })))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("database.contention"));
        assertThat(attempts).hasValue(6);
    }

    @Test
    void theResultArrivesWhereItWasAskedForEvenAfterARetry() {
        Context asking = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<Context> arrived = new CompletableFuture<>();
        asking.runOnContext(ignored -> unitOfWork
                .write(() -> attempts.incrementAndGet() <= 2
                        ? pretendConflict()
                        : Uni.createFrom().voidItem())
                .subscribe()
                .with(done -> arrived.complete(Vertx.currentContext()), arrived::completeExceptionally));
        assertThat(arrived).succeedsWithin(PATIENCE).isSameAs(asking);
    }

    @Test
    void nobodyWaitsForALockForEver() throws SQLException {
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            Database.execute(holder, LOCK, one.id());
            assertThatExceptionOfType(Refusal.Unavailable.class)
                    .isThrownBy(() -> get(unitOfWork.write(() -> documents.lock(owner.id(), one.key()))))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("database.contention"));
            holder.rollback();
        }
    }

    @Test
    void aCallerWhoGoesAwayLeavesNothingHalfDone() throws SQLException {
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            Database.execute(holder, LOCK, one.id());
            AtomicInteger ended = new AtomicInteger();
            for (int i = 0; i < MORE_THAN_THE_POOL; i++) {
                Cancellable caller = unitOfWork
                        .write(() -> documents
                                .lock(owner.id(), one.key())
                                .chain(current -> documents.replace(current.replacedBy(other)))
                                .onTermination()
                                .invoke(ended::incrementAndGet))
                        .subscribe()
                        .with(done -> {}, failure -> {});
                caller.cancel();
            }
            holder.rollback();
            await().atMost(PATIENCE).untilAtomic(ended, org.hamcrest.Matchers.is(MORE_THAN_THE_POOL));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(version(one)).isEqualTo(one.version() + MORE_THAN_THE_POOL));
    }

    /** Much sooner than a statement may take. */
    @Test
    void aReaderWhoGoesAwayStopsTheStatement() throws SQLException {
        for (Function<Supplier<Uni<Void>>, Uni<Void>> way :
                List.<Function<Supplier<Uni<Void>>, Uni<Void>>>of(unitOfWork::read, unitOfWork::readOneState)) {
            List<Cancellable> callers = new ArrayList<>();
            for (int i = 0; i < MORE_THAN_THE_POOL; i++) {
                callers.add(way.apply(() -> sleep(60)).subscribe().with(done -> {}, failure -> {}));
            }
            await().atMost(PATIENCE).until(() -> Database.busyConnections().size() > 1);
            callers.forEach(Cancellable::cancel);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Database.busyConnections()).isEmpty());
        }
        assertThat(get(unitOfWork.read(() -> documents.find(owner.id(), Scope.EVERYTHING, one.key()))))
                .isEqualTo(one);
    }

    /** A cancel request names a connection, which another block may have by then: these statements end about when they are cancelled. */
    @Thorough
    @Test
    void aReaderWhoGoesAwayDisturbsNobodyElse() {
        CompletableFuture<List<Document>> others = new CompletableFuture<>();
        List<Uni<Document>> reads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            reads.add(unitOfWork.read(
                    () -> sleep(0.01).chain(() -> documents.find(owner.id(), Scope.EVERYTHING, one.key()))));
        }
        Uni.join()
                .all(reads)
                .usingConcurrencyOf(4)
                .andFailFast()
                .subscribe()
                .with(others::complete, others::completeExceptionally);
        while (!others.isDone()) {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Cancellable caller = unitOfWork
                    .read(() -> sleep(0).invoke(() -> begun.complete(null))
                            .chain(() -> sleep(0.19 + 0.001 * random.nextInt(20))))
                    .subscribe()
                    .with(done -> {}, begun::completeExceptionally);
            begun.join();
            caller.cancel();
        }
        assertThat(others)
                .succeedsWithin(PATIENCE)
                .satisfies(found -> assertThat(found).hasSize(1_000).containsOnly(one));
    }

    private Uni<Void> sleep(double seconds) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select cast(pg_sleep(?1) as text)", String.class)
                        .setParameter(1, seconds)
                        .getSingleResult())
                .replaceWithVoid();
    }

    @Test
    void blocksBegunInOneContextDoNotMeetInOneSession() {
        Context common = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        CompletableFuture<List<Long>> done = new CompletableFuture<>();
        common.runOnContext(ignored -> {
            List<Uni<Long>> blocks = new ArrayList<>();
            for (int i = 0; i < MORE_THAN_THE_POOL; i++) {
                Document added = samples.next(owner.id());
                blocks.add(unitOfWork.write(() -> documents
                        .add(added)
                        .chain(() -> documents.find(owner.id(), Scope.EVERYTHING, added.key()))
                        .invoke(found -> assertThat(found).isEqualTo(added))
                        .chain(this::transaction)));
            }
            Uni.join().all(blocks).andFailFast().subscribe().with(done::complete, done::completeExceptionally);
        });
        assertThat(done).succeedsWithin(PATIENCE).satisfies(transactions -> assertThat(transactions)
                .hasSize(MORE_THAN_THE_POOL)
                .doesNotHaveDuplicates());
    }

    private Uni<Long> transaction() {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                        "select cast(cast(pg_current_xact_id() as text) as bigint)", Long.class)
                .getSingleResult());
    }

    private Uni<Void> pretendConflict() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PRETEND_CONFLICT).executeUpdate())
                .replaceWithVoid();
    }

    private static long version(Document document) throws SQLException {
        return Database.number("select version from document where id = ?", document.id());
    }
}
