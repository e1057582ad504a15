package dev.tandem.repository;

import dev.tandem.database.entity.AuditEntity;
import dev.tandem.database.mapper.AuditMapper;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Deed;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit. Its entries are added and read, and deleted when they are old enough. */
@Singleton
public class AuditRepository {

    private static final UUID NEWER_THAN_ALL = new UUID(-1, -1);

    private static final String PRUNE = """
            with old as materialized (
                select id from audit where at < now() - make_interval(secs => :age)
                order by id limit :limit for update skip locked)
            delete from audit using old where audit.id = old.id
            """;

    private final AuditMapper mapper;

    AuditRepository(AuditMapper mapper) {
        this.mapper = mapper;
    }

    public Uni<Void> add(List<Deed> deeds) {
        return AuditEntity.persist(deeds.stream().map(mapper::toEntity)).chain(Panache::flush);
    }

    /** Entries, newest first, from the one before {@code before} on; null starts with the newest. */
    public Uni<Page<Deed>> list(@Nullable UUID before, int limit) {
        return Pages.read(limit, atMost -> AuditEntity.<AuditEntity>find(
                        "id < ?1", Sort.descending("id"), before == null ? NEWER_THAN_ALL : before)
                .page(0, atMost)
                .list()
                .map(rows -> rows.stream().map(mapper::toDomain).toList()));
    }

    /** Deletes the oldest entries that are older than an age; returns how many. */
    public Uni<Integer> prune(Duration age, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("age", Rows.seconds(age))
                .setParameter("limit", limit)
                .executeUpdate());
    }
}
