package dev.tandem.repository;

import dev.tandem.database.entity.JobEntity;
import dev.tandem.database.entity.JobOutline;
import dev.tandem.database.mapper.JobMapper;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.job.JobQuery;
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
import org.jspecify.annotations.Nullable;

/** The jobs as clients see them: without their parameters. All times are the database's, so that all replicas share one clock. */
@Singleton
public class JobRepository {

    /** A job that no replica holds ends at once, because no replica would end it. */
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

    /** By the collection's name or by an alias. */
    private static final String OF_COLLECTION =
            "(collection = :collection or collectionId = (select alias.collectionId from AliasEntity alias where alias.name = :collection))";

    private static final String OPEN =
            "kind = ?1 and collectionId = ?2 and createdAt >= ?3 and endedAt is null and cancelRequested = false";
    private static final String OPEN_BEFORE = "kind in ?1 and collectionId = ?2 and createdAt < ?3 and endedAt is null";
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

    /** Fails with {@link Refusal.NotFound} if there is no such job. */
    public Uni<Job> get(UUID id) {
        return Rows.only(JobEntity.<JobEntity>find("id", id).project(JobOutline.class))
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Job.NOUN, id))
                .map(mapper::toDomain);
    }

    /** An open job of this kind on a collection, created at that time or later and not canceled; null if there is none. */
    public Uni<@Nullable Job> findOpen(String kind, UUID collectionId, Instant since) {
        return JobEntity.<JobEntity>find(OPEN, Sort.descending("id"), kind, collectionId, since)
                .project(JobOutline.class)
                .firstResult()
                .map(row -> row == null ? null : mapper.toDomain(row));
    }

    /** Whether a job of one of these kinds on a collection has not ended, be it canceled, and was created before that time. */
    public Uni<Boolean> hasOpen(Set<String> kinds, UUID collectionId, Instant before) {
        return JobEntity.count(OPEN_BEFORE, kinds, collectionId, before).map(count -> count > 0);
    }

    /** How many jobs have not ended; the count stops at {@code most}. */
    public Uni<Long> countOpen(int most) {
        return Panache.getSession().chain(session -> session.createNativeQuery(COUNT_OPEN, Long.class)
                .setParameter("most", most)
                .getSingleResult());
    }

    /** The existing jobs among these, in no particular order. */
    public Uni<List<Job>> byIds(Collection<UUID> ids) {
        return JobEntity.<JobEntity>find(Among.hql("id", "?1", ids), Among.value(ids))
                .project(JobOutline.class)
                .list()
                .map(this::toDomain);
    }

    /** Newest first: the order of the ids is the order of creation. */
    public Uni<Page<Job>> page(JobQuery query) {
        VisibleCollections visible = VisibleCollections.of(query.grants(), Right.READ, "collection");
        List<String> conditions = new ArrayList<>(List.of("id < :before", visible.condition()));
        Map<String, Object> parameters = new HashMap<>(visible.parameters());
        parameters.put("before", query.before() == null ? NEWER_THAN_ALL : query.before());
        if (query.state() != null) {
            conditions.add("state = :state");
            parameters.put("state", query.state().name());
        }
        if (query.collection() != null) {
            conditions.add(OF_COLLECTION);
            parameters.put("collection", query.collection());
        }
        return Pages.read(query.limit(), atMost -> JobEntity.<JobEntity>find(
                        String.join(" and ", conditions), Sort.descending("id"), parameters)
                .page(0, atMost)
                .project(JobOutline.class)
                .list()
                .map(this::toDomain));
    }

    /** Gives the jobs on a collection its new name. */
    public Uni<Void> rename(UUID collectionId, String name) {
        return JobEntity.update("collection = ?1 where collectionId = ?2", name, collectionId)
                .replaceWithVoid();
    }

    /** Makes the job end after its present step, or at once if no replica holds it. Returns whether it was still open. */
    public Uni<Boolean> cancel(UUID id) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(CANCEL).setParameter("id", id).executeUpdate())
                .map(count -> count > 0);
    }

    /** Deletes the oldest jobs that ended longer ago than that, with their errors; returns how many. */
    public Uni<Integer> prune(Duration age, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("age", Rows.seconds(age))
                .setParameter("limit", limit)
                .executeUpdate());
    }

    private List<Job> toDomain(List<JobOutline> rows) {
        return rows.stream().map(mapper::toDomain).toList();
    }
}
