package dev.tandem.repository;

import static java.util.Objects.requireNonNull;

import dev.tandem.database.entity.JobEntity;
import dev.tandem.database.entity.JobOutline;
import dev.tandem.database.mapper.JobMapper;
import dev.tandem.domain.job.ClaimLost;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobQuery;
import dev.tandem.domain.job.JobState;
import dev.tandem.domain.job.Step;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The jobs. All times are the database's, whose clock every replica shares. Only a claim has the parameters of its job. Whatever the holder of a claim writes is fenced by it: where
 * the claim is not the job's any more, it fails with {@link ClaimLost}, and its transaction with it.
 */
@Singleton
public class JobRepository {

    /** Looked for once, then taken: a plan that looks again for each row would skip what it has locked itself, and take more. */
    private static final String CLAIM = """
            with due as materialized (
                select id from job
                where ended_at is null and due_at <= now() and (lease_until is null or lease_until < now())
                  and kind = any(cast(:kinds as text[]))
                order by due_at limit :limit for update skip locked)
            update job set state = 'RUNNING', holder = gen_random_uuid(), lease_until = now() + make_interval(secs => :lease),
                           attempts = attempts + 1, started_at = coalesce(started_at, now())
            from due where job.id = due.id
            returning job.id, holder
            """;

    private static final String HOLD = """
            update job set holder = :holder, lease_until = now() + make_interval(secs => :lease) where id = :id
            """;

    private static final String ADVANCE = """
            update job set done = done + :done, failed = failed + :failed, total = coalesce(cast(:total as bigint), total),
                           cursor = coalesce(cast(:cursor as text), cursor), sequence = greatest(sequence, :sequence), attempts = 1,
                           counts = (select jsonb_object_agg(name, number) from (
                                         select name, sum(number) as number from (
                                             select key as name, cast(value as bigint) as number from jsonb_each_text(counts)
                                             union all
                                             select name, number from unnest(cast(:names as text[]), cast(:numbers as bigint[])) as added (name, number)) as each
                                         group by name) as summed),
                           lease_until = now() + make_interval(secs => :lease)
            where id = :id and holder = :holder and ended_at is null
            """;
    private static final String RENEW = """
            update job set lease_until = now() + make_interval(secs => :lease)
            where id = :id and holder = :holder and ended_at is null
            """;
    private static final String RELEASE = """
            update job set holder = null, lease_until = null, due_at = now() + make_interval(secs => :delay),
                           attempts = greatest(0, attempts - :uncounted)
            where id = :id and holder = :holder and ended_at is null
            """;
    private static final String END = """
            update job set state = :state, error_code = cast(:code as text), error = cast(:error as text), ended_at = now(), holder = null, lease_until = null
            where id = :id and holder = :holder and ended_at is null
            """;
    private static final String OFFER = """
            update job set total = :total, holder = null, lease_until = null, due_at = now()
            where id = :id and holder = :holder and ended_at is null
            """;
    private static final String WITHDRAW = "delete from job where id = :id and holder = :holder and ended_at is null";

    /** What is in nobody's hands has nobody who could end it. */
    private static final String CANCEL = """
            update job set cancel_requested = true,
                           state = case when lease_until >= now() then state else 'CANCELED' end,
                           ended_at = case when lease_until >= now() then null else now() end,
                           holder = case when lease_until >= now() then holder end
            where id = :id and ended_at is null
            """;

    private static final String PRUNE = """
            with old as materialized (
                select id from job where ended_at < now() - make_interval(secs => :age)
                order by ended_at limit :limit for update skip locked)
            delete from job using old where job.id = old.id
            """;

    private static final String OPEN =
            "kind = ?1 and collectionId = ?2 and createdAt >= ?3 and endedAt is null and cancelRequested = false";
    private static final String COUNT_OPEN =
            "select count(*) from (select 1 from job where ended_at is null limit :most) as some_open";

    private static final UUID NEWER_THAN_ALL = new UUID(-1, -1);

    private final JobMapper mapper;

    JobRepository(JobMapper mapper) {
        this.mapper = mapper;
    }

    public Uni<Void> add(Job job) {
        return mapper.toEntity(job).persistAndFlush().replaceWithVoid();
    }

    /** Adds a job that is in somebody's hands: nobody takes it while the lease lasts. */
    public Uni<Void> addHeld(HeldJob claim, Duration lease) {
        return add(claim.job())
                .chain(Panache::getSession)
                .chain(session -> session.createNativeQuery(HOLD)
                        .setParameter("id", claim.job().id())
                        .setParameter("holder", claim.holder())
                        .setParameter("lease", seconds(lease))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Fails with {@link Refusal.NotFound} if there is none. */
    public Uni<Job> get(UUID id) {
        return JobEntity.<JobEntity>find("id", id)
                .project(JobOutline.class)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.job(id.toString()))
                .map(mapper::toDomain);
    }

    /**
     * A job of this kind on a collection that has not ended and is not to, made at that time or later; null where there is none.
     */
    public Uni<@Nullable Job> findOpen(String kind, UUID collectionId, Instant since) {
        return JobEntity.<JobEntity>find(OPEN, Sort.descending("id"), kind, collectionId, since)
                .project(JobOutline.class)
                .firstResult()
                .map(row -> row == null ? null : mapper.toDomain(row));
    }

    /** How many have not ended, counted no further than that. */
    public Uni<Long> countOpen(int most) {
        return Panache.getSession().chain(session -> session.createNativeQuery(COUNT_OPEN, Long.class)
                .setParameter("most", most)
                .getSingleResult());
    }

    /** Those of them that there are, in no order. */
    public Uni<List<Job>> byIds(Collection<UUID> ids) {
        return JobEntity.<JobEntity>find("id in ?1", List.copyOf(ids))
                .project(JobOutline.class)
                .list()
                .map(this::toDomain);
    }

    /** The newest first: their ids are in the order of their making. */
    public Uni<List<Job>> page(JobQuery query) {
        List<String> conditions = new ArrayList<>(List.of("id < :before"));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("before", query.before() == null ? NEWER_THAN_ALL : query.before());
        if (query.state() != null) {
            conditions.add("state = :state");
            parameters.put("state", query.state().name());
        }
        if (query.collection() != null) {
            conditions.add("collection = :collection");
            parameters.put("collection", query.collection());
        }
        return JobEntity.<JobEntity>find(String.join(" and ", conditions), Sort.descending("id"), parameters)
                .page(0, query.limit())
                .project(JobOutline.class)
                .list()
                .map(this::toDomain);
    }

    /** Takes jobs of these kinds that are due, longest due first, so that nobody else takes them while the lease lasts. */
    public Uni<List<HeldJob>> claim(Set<String> kinds, int limit, Duration lease) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CLAIM, Object[].class)
                        .setParameter("kinds", kinds.toArray(String[]::new))
                        .setParameter("limit", limit)
                        .setParameter("lease", seconds(lease))
                        .getResultList())
                .chain(this::claims);
    }

    private Uni<List<HeldJob>> claims(List<Object[]> rows) {
        Map<UUID, UUID> holders = new HashMap<>();
        rows.forEach(row -> holders.put(Rows.id(row[0]), Rows.id(row[1])));
        return holders.isEmpty()
                ? Uni.createFrom().item(List.of())
                : JobEntity.<JobEntity>find("id in ?1", List.copyOf(holders.keySet()))
                        .list()
                        .map(found -> found.stream()
                                .map(row -> new HeldJob(mapper.toDomain(row), requireNonNull(holders.get(row.id))))
                                .toList());
    }

    /** Notes what a step has done, and begins the lease anew. The next step is at its first try from now on. */
    public Uni<Void> advance(HeldJob claim, Step step, Duration lease) {
        List<String> names = List.copyOf(step.counts().keySet());
        return fenced(ADVANCE, claim, query -> query.setParameter("done", step.done())
                .setParameter("failed", step.failed())
                .setParameter("total", step.total())
                .setParameter("cursor", step.cursor())
                .setParameter("sequence", step.sequence())
                .setParameter("names", names.toArray(String[]::new))
                .setParameter("numbers", names.stream().map(step.counts()::get).toArray(Long[]::new))
                .setParameter("lease", seconds(lease)));
    }

    /** Begins the lease anew. */
    public Uni<Void> renew(HeldJob claim, Duration lease) {
        return fenced(RENEW, claim, query -> query.setParameter("lease", seconds(lease)));
    }

    /**
     * Gives the job back, to be taken up again after the delay.
     *
     * @param counts whether this was one of the tries that a job has
     */
    public Uni<Void> release(HeldJob claim, Duration delay, boolean counts) {
        return fenced(RELEASE, claim, query -> query.setParameter("delay", seconds(delay))
                .setParameter("uncounted", counts ? 0 : 1));
    }

    /** Ends the job. */
    public Uni<Void> end(HeldJob claim, JobState state, @Nullable JobFailure failure) {
        return fenced(END, claim, query -> query.setParameter("state", state.name())
                .setParameter("code", failure == null ? null : failure.code())
                .setParameter("error", failure == null ? null : failure.message()));
    }

    /** Leaves a job to whoever takes it first, with so many documents to work on. */
    public Uni<Void> offer(HeldJob claim, long total) {
        return fenced(OFFER, claim, query -> query.setParameter("total", total));
    }

    /** Deletes a job as if it had never been added, with all that is kept for it. */
    public Uni<Void> withdraw(HeldJob claim) {
        return fenced(WITHDRAW, claim, query -> query);
    }

    /** Has the job end after its present step, or at once where it is in nobody's hands; answers whether it had not ended before. */
    public Uni<Boolean> cancel(UUID id) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(CANCEL).setParameter("id", id).executeUpdate())
                .map(count -> count > 0);
    }

    /** Deletes the oldest of the jobs that ended longer ago than that, with their errors; answers how many. */
    public Uni<Integer> prune(Duration age, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("age", seconds(age))
                .setParameter("limit", limit)
                .executeUpdate());
    }

    private static Uni<Void> fenced(
            String statement, HeldJob claim, UnaryOperator<Mutiny.MutationQuery> withParameters) {
        return Panache.getSession()
                .chain(session -> withParameters
                        .apply(session.createNativeQuery(statement)
                                .setParameter("id", claim.job().id())
                                .setParameter("holder", claim.holder()))
                        .executeUpdate())
                .invoke(count -> {
                    if (count == 0) {
                        throw new ClaimLost(claim.job().id());
                    }
                })
                .replaceWithVoid();
    }

    private List<Job> toDomain(List<JobOutline> rows) {
        return rows.stream().map(mapper::toDomain).toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
