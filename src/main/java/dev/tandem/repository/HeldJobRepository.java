package dev.tandem.repository;

import static dev.tandem.repository.Rows.seconds;
import static java.util.Objects.requireNonNull;

import dev.tandem.database.entity.JobEntity;
import dev.tandem.database.mapper.JobMapper;
import dev.tandem.domain.job.ClaimLost;
import dev.tandem.domain.job.HeldJob;
import dev.tandem.domain.job.JobFailure;
import dev.tandem.domain.job.JobState;
import dev.tandem.domain.job.Step;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The jobs under a claim, with their parameters. A claim is valid as long as its lease lasts, by the database's clock, which all replicas
 * share. Writes are fenced: if the token is no longer the job's, the write fails with {@link ClaimLost}, and its transaction with it.
 */
@Singleton
public class HeldJobRepository {

    /** Selects once, then updates: a plan that selects again for each row would skip the rows that it has locked itself, and claim more. */
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

    private final JobMapper mapper;

    HeldJobRepository(JobMapper mapper) {
        this.mapper = mapper;
    }

    /** Adds a job under a claim: no other replica claims it while the lease lasts. */
    public Uni<Void> add(HeldJob claim, Duration lease) {
        return mapper.toEntity(claim.job())
                .persistAndFlush()
                .chain(Panache::getSession)
                .chain(session -> session.createNativeQuery(HOLD)
                        .setParameter("id", claim.job().id())
                        .setParameter("holder", claim.token())
                        .setParameter("lease", seconds(lease))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Claims due jobs of these kinds, longest due first. No other replica claims them while the lease lasts. */
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
        Map<UUID, UUID> tokens = new HashMap<>();
        rows.forEach(row -> tokens.put(Rows.id(row[0]), Rows.id(row[1])));
        return tokens.isEmpty()
                ? Uni.createFrom().item(List.of())
                : JobEntity.<JobEntity>find(Among.hql("id", "?1", tokens.keySet()), Among.value(tokens.keySet()))
                        .list()
                        .map(found -> found.stream()
                                .map(row -> new HeldJob(mapper.toDomain(row), requireNonNull(tokens.get(row.id))))
                                .toList());
    }

    /** Stores the progress of a step, and renews the lease. The next step begins with its first attempt. */
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

    /** Renews the lease. */
    public Uni<Void> renew(HeldJob claim, Duration lease) {
        return fenced(RENEW, claim, query -> query.setParameter("lease", seconds(lease)));
    }

    /**
     * Gives the job back, to be resumed after the delay.
     *
     * @param counts whether this attempt counts towards the limit
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

    /** Releases a job to the first replica that claims it, and stores how many documents it has. */
    public Uni<Void> offer(HeldJob claim, long total) {
        return fenced(OFFER, claim, query -> query.setParameter("total", total));
    }

    /** Deletes a job as if it had never been added, with all of its data. */
    public Uni<Void> withdraw(HeldJob claim) {
        return fenced(WITHDRAW, claim, query -> query);
    }

    private static Uni<Void> fenced(
            String statement, HeldJob claim, UnaryOperator<Mutiny.MutationQuery> withParameters) {
        return Panache.getSession()
                .chain(session -> withParameters
                        .apply(session.createNativeQuery(statement)
                                .setParameter("id", claim.job().id())
                                .setParameter("holder", claim.token()))
                        .executeUpdate())
                .invoke(count -> {
                    if (count == 0) {
                        throw new ClaimLost(claim.job().id());
                    }
                })
                .replaceWithVoid();
    }
}
