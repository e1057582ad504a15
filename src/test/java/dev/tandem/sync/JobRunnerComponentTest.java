package dev.tandem.sync;

import static dev.tandem.testing.Waiting.PATIENCE;
import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tandem.domain.access.Grants;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobQuery;
import dev.tandem.domain.job.JobState;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.job.JobConfig;
import dev.tandem.service.job.JobExecutor;
import dev.tandem.service.job.JobService;
import dev.tandem.service.job.JobWatch;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.Database;
import dev.tandem.testing.Jobs;
import dev.tandem.testing.ProbeWork;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running runner, with a kind of job that can be held, made to fail, and asked for its steps. */
@QuarkusTest
class JobRunnerComponentTest {

    @Inject
    ProbeWork probe;

    @Inject
    Jobs jobs;

    @Inject
    JobService service;

    @Inject
    JobExecutor executor;

    @Inject
    JobWatch watch;

    @Inject
    JobConfig config;

    @Inject
    SyncConfig syncConfig;

    @Inject
    Vertx vertx;

    @Inject
    World world;

    private Collection owner;

    @BeforeEach
    void addCollection() {
        probe.reset();
        owner = world.collection(CollectionSamples.ownVectors(2));
    }

    @AfterEach
    void removeCollection() {
        probe.reset();
        world.delete(owner);
    }

    @Test
    void aJobIsDoneStepByStep() throws SQLException {
        Job job = jobs.ended(jobs.probe(owner, 20));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(20);
        assertThat(job.total()).isEqualTo(20);
        assertThat(job.startedAt()).isNotNull();
        assertThat(job.endedAt()).isNotNull().isAfterOrEqualTo(job.startedAt());
        assertStepsDone(job.id(), 20);
    }

    /** They may be as large as a request, and many jobs may exist. */
    @Test
    void onlyWhoDoesAJobReadsItsParameters() {
        UUID id = jobs.ended(jobs.probe(owner, 3)).id();
        assertThat(jobs.now(id).parameters()).isEmpty();
        assertThat(get(service.list(new JobQuery(Grants.EVERYTHING, null, owner.name(), null, 10)))
                        .items())
                .extracting(Job::id, Job::parameters)
                .containsExactly(tuple(id, Map.of()));
    }

    @Test
    void whatAnotherDeletesIsPassedOver() throws SQLException {
        UUID locked = jobs.ended(jobs.probe(owner, 1)).id();
        UUID other = jobs.ended(jobs.probe(owner, 1)).id();
        Database.execute("update job set ended_at = now() - interval '8 days' where id in (?, ?)", locked, other);
        try (Connection deleting = Database.connect()) {
            deleting.setAutoCommit(false);
            Database.execute(deleting, "select 1 from job where id = ? for update", locked);
            get(executor.prune().replaceWith(true));
            deleting.rollback();
        }
        assertThat(Database.column("select id from job where id in (?, ?)", locked, other))
                .containsExactly(locked);
    }

    @Test
    void twoRunnersNeverDoTheSameJob() throws SQLException {
        JobRunner other = new JobRunner(executor, watch, config, syncConfig, vertx);
        other.start();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(jobs.probe(owner, 10));
        }
        // In the middle of the job, one of the two runners stops.
        jobs.ended(ids.get(5));
        other.stop();
        for (UUID id : ids) {
            Job job = jobs.ended(id);
            assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(job.done()).isEqualTo(10);
            assertStepsDone(id, 10);
        }
        assertThat(probe.overlaps()).isZero();
        assertThat(probe.tries()).isEqualTo(200);
    }

    /** Simulates a replica that was silent for longer than its lease and then returned. */
    @Test
    void aStepThatComesTooLateLeavesNothing() throws SQLException {
        probe.hold(1);
        UUID id = jobs.probe(owner, 5);
        await().atMost(PATIENCE).until(() -> probe.held() == 1);
        Database.execute("update job set lease_until = now() - interval '1s' where id = ?", id);
        assertThat(jobs.ended(id).done()).isEqualTo(5);
        assertThat(probe.overlaps()).isPositive();
        probe.release();
        await().atMost(PATIENCE).until(() -> Database.busyConnections().isEmpty());
        assertThat(jobs.now(id).done()).isEqualTo(5);
        assertStepsDone(id, 5);
    }

    @Test
    void aLongStepKeepsItsLease() throws SQLException {
        probe.hold(1);
        UUID id = jobs.probe(owner, 1);
        await().atMost(PATIENCE).until(() -> probe.held() == 1);
        Object lease =
                Database.column("select lease_until from job where id = ?", id).getFirst();
        await().atMost(PATIENCE).until(() -> !Database.column("select lease_until from job where id = ?", id)
                .getFirst()
                .equals(lease));
        probe.release();
        assertThat(jobs.ended(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void whatIsAwayIsWaitedForAndIsNoTry() {
        AtomicInteger left = new AtomicInteger(3 * config.attempts());
        probe.failWith(() -> left.getAndDecrement() > 0
                ? new Refusal.Unavailable("test.away", "Away.", Duration.ofSeconds(1))
                : null);
        assertThat(jobs.ended(jobs.probe(owner, 3)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** Each attempt may take too long. */
    @Test
    void whatTakesTooLongIsATry() {
        probe.failWith(() -> new Refusal.Unavailable(Refusal.Unavailable.TIMEOUT, "Too slow.", Duration.ofSeconds(1)));
        Job job = jobs.ended(jobs.probe(owner, 3));
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isEqualTo(new JobFailure("database.timeout", "Too slow."));
        assertThat(probe.tries()).isBetween(config.attempts(), config.attempts() + 1);
    }

    @Test
    void aFaultIsTriedAgainAFewTimes() throws SQLException {
        probe.failWith(() -> probe.tries() > 1 ? new IllegalStateException("broken") : null);
        Job job = jobs.ended(jobs.probe(owner, 3));
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("internal");
        assertThat(job.failure().message()).doesNotContain("broken");
        assertThat(probe.tries()).isEqualTo(config.attempts() + 1);
        // What was done before stays, and is counted.
        assertThat(job.done()).isEqualTo(1);
        assertStepsDone(job.id(), 1);
    }

    @Test
    void aFaultThatPassesLeavesNoTrace() throws SQLException {
        AtomicInteger calls = new AtomicInteger();
        probe.failWith(() -> calls.incrementAndGet() % 2 == 0 ? new IllegalStateException("broken") : null);
        Job job = jobs.ended(jobs.probe(owner, 10));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.done()).isEqualTo(10);
        assertStepsDone(job.id(), 10);
    }

    /** It does not keep a slot: the next job starts. */
    @Test
    void whatIsThrownIsAFaultLikeAnyOther() {
        probe.throwWhenPreparing(() -> new IllegalStateException("broken"));
        Job job = jobs.ended(jobs.probe(owner, 3));
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("internal");
        probe.reset();
        assertThat(jobs.ended(jobs.probe(owner, 3)).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void longJobsLetOthersHaveATurn() throws SQLException {
        List<UUID> endless = IntStream.range(0, config.concurrency())
                .mapToObj(i -> jobs.probe(owner, Integer.MAX_VALUE))
                .toList();
        await().atMost(PATIENCE)
                .until(() -> endless.stream().allMatch(id -> jobs.now(id).done() > 0));
        Job job = jobs.ended(jobs.probe(owner, 3));
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        for (UUID id : endless) {
            get(service.cancel(id));
            Job ended = jobs.ended(id);
            assertThat(ended.state()).isEqualTo(JobState.CANCELED);
            assertThat(Database.number("select count(*) from job_error where job_id = ?", id))
                    .isEqualTo(Math.min(10_000, ended.done()));
        }
    }

    @Test
    void aRefusalEndsTheJobAtOnce() {
        probe.failWith(() -> Refusal.NotFound.of(Collection.NOUN, "gone"));
        Job job = jobs.ended(jobs.probe(owner, 3));
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure())
                .isEqualTo(new JobFailure("collection.not_found", "There is no collection named 'gone'."));
        assertThat(probe.tries()).isEqualTo(1);
    }

    @Test
    void whatTakesTheProcessWithItIsGivenUp() throws SQLException {
        probe.hold(config.concurrency());
        for (int i = 0; i < config.concurrency(); i++) {
            jobs.probe(owner, 1);
        }
        await().atMost(PATIENCE).until(() -> probe.held() == config.concurrency());
        UUID id = jobs.probe(owner, 3);
        Database.execute("update job set attempts = ? where id = ?", config.attempts(), id);
        probe.release();
        Job job = jobs.ended(id);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure()).isNotNull();
        assertThat(job.failure().code()).isEqualTo("job.given_up");
        assertThat(job.done()).isZero();
    }

    @Test
    void cancelingTakesEffectAfterThePresentStep() throws SQLException {
        probe.hold(1);
        UUID id = jobs.probe(owner, 100);
        await().atMost(PATIENCE).until(() -> probe.held() == 1);
        assertThat(get(service.cancel(id)).state()).isEqualTo(JobState.RUNNING);
        probe.release();
        Job job = jobs.ended(id);
        assertThat(job.state()).isEqualTo(JobState.CANCELED);
        assertThat(job.done()).isEqualTo(1);
        assertStepsDone(id, 1);
    }

    @Test
    void whatNobodyHasBegunIsCanceledAtOnce() {
        probe.hold(config.concurrency());
        List<UUID> running = IntStream.range(0, config.concurrency())
                .mapToObj(i -> jobs.probe(owner, 1))
                .toList();
        await().atMost(PATIENCE).until(() -> probe.held() == config.concurrency());
        UUID id = jobs.probe(owner, 1);
        assertThat(get(service.cancel(id)).state()).isEqualTo(JobState.CANCELED);
        probe.release();
        running.forEach(jobs::ended);
        assertThat(jobs.now(id).done()).isZero();
    }

    @Test
    void aKindOfANewerVersionIsLeftToIt() throws SQLException {
        UUID id = jobs.probe(owner, 1);
        jobs.ended(id);
        UUID strange = UUID.randomUUID();
        Database.execute("""
                insert into job (id, kind, collection_id, collection, parameters, state, done, failed, sequence, attempts, due_at,
                                 cancel_requested, created_at)
                values (?, 'strange', ?, 'strange', '{}', 'QUEUED', 0, 0, 0, 0, now(), false, now())
                """, strange, owner.id());
        jobs.ended(jobs.probe(owner, 1));
        assertThat(jobs.now(strange).state()).isEqualTo(JobState.QUEUED);
        Database.execute("delete from job where id = ?", strange);
    }

    @Test
    void whatEndedLongAgoIsForgotten() throws SQLException {
        UUID old = jobs.ended(jobs.probe(owner, 3)).id();
        UUID recent = jobs.ended(jobs.probe(owner, 3)).id();
        Database.execute("update job set ended_at = now() - interval '8 days' where id = ?", old);
        get(executor.prune().replaceWith(true));
        assertThat(Database.number("select count(*) from job where id = ?", old))
                .isZero();
        assertStepsDone(old, 0);
        assertStepsDone(recent, 3);
    }

    @Test
    void whatHasPiledUpIsForgottenInMoreThanOneRound() throws SQLException {
        Database.execute("""
                insert into job (id, kind, collection_id, collection, parameters, state, done, failed, sequence, attempts, due_at,
                                 cancel_requested, created_at, ended_at)
                select gen_random_uuid(), 'strange', ?, 'strange', '{}', 'SUCCEEDED', 0, 0, 0, 0, now(), false, now(),
                       now() - interval '9 days'
                from generate_series(1, 10050)
                """, owner.id());
        get(executor.prune().replaceWith(true));
        assertThat(Database.number("select count(*) from job where kind = 'strange'"))
                .isEqualTo(50);
        get(executor.prune().replaceWith(true));
        assertThat(Database.number("select count(*) from job where kind = 'strange'"))
                .isZero();
    }

    private static void assertStepsDone(UUID id, int steps) throws SQLException {
        List<Object> expected = IntStream.rangeClosed(1, steps)
                .<Object>mapToObj(number -> "step " + number)
                .toList();
        assertThat(Database.column("select key from job_error where job_id = ? order by ordinal", id))
                .isEqualTo(expected);
    }
}
