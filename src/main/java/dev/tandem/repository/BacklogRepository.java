package dev.tandem.repository;

import dev.tandem.domain.job.Backlog;
import dev.tandem.domain.job.JobState;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what is still to be done, in all collections. */
@Singleton
public class BacklogRepository {

    /** No count goes on beyond this, however much there is. */
    static final int MOST = 100_000;

    private static final String TASKS = """
            select pending.tasks, pending.oldest, parked.tasks
            from (select count(*) as tasks, cast(coalesce(extract(epoch from now() - min(asked_at)) * 1000, 0) as bigint) as oldest
                  from (select asked_at from embedding_task where parked_at is null limit :most) as some_pending) as pending,
                 (select count(*) as tasks
                  from (select 1 from embedding_task where parked_at is not null limit :most) as some_parked) as parked
            """;

    private static final String JOBS = "select state, count(*) from job where ended_at is null group by state";

    /** What there is at this moment. */
    public Uni<Backlog> read() {
        return Panache.getSession().chain(session -> session.createNativeQuery(TASKS, Object[].class)
                .setParameter("most", MOST)
                .getSingleResult()
                .chain(tasks -> session.createNativeQuery(JOBS, Object[].class)
                        .getResultList()
                        .map(jobs -> backlog(tasks, jobs))));
    }

    private static Backlog backlog(Object[] tasks, List<Object[]> jobs) {
        Map<JobState, Long> byState = jobs.stream()
                .collect(Collectors.toMap(row -> JobState.valueOf((String) row[0]), row -> Rows.number(row[1])));
        return new Backlog(
                Rows.number(tasks[0]), Duration.ofMillis(Rows.number(tasks[1])), Rows.number(tasks[2]), byState);
    }
}
