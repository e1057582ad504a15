package dev.tandem.repository;

import dev.tandem.database.entity.HitListEntity;
import dev.tandem.database.mapper.HitListMapper;
import dev.tandem.database.session.ConstraintRefusal;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.ranked.HitList;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of hits, for a while. All times are the database's, so that all replicas share one clock. */
@Singleton
public class HitListRepository {

    @Produces
    @Singleton
    static final ConstraintRefusal COLLECTION_GONE =
            new ConstraintRefusal("fk_hit_list_collection_id", () -> Refusal.NotFound.gone(Collection.NOUN));

    private static final TableColumns<HitListEntity> COLUMNS = TableColumns.of(HitListEntity.class);

    private static final String FIND = """
            select %s from hit_list where id = $1 and expires_at > now()
            """.formatted(COLUMNS.namesIn("hit_list"));

    private static final String ADD = """
            insert into hit_list (id, collection_id, fingerprint, vector_set, sequence, total, exact, cut, hits, expires_at)
            values (:id, :collection, :fingerprint, :set, :sequence, cast(:total as bigint), :exact, :cut, :hits,
                    now() + make_interval(secs => :lifetime))
            """;

    /** The first one that is too many ends the last. Rows that others are deleting are not waited for. */
    private static final String EVICT = """
            with first as (select expires_at from hit_list order by expires_at desc offset :most limit 1),
            evicted as materialized (
                select id from hit_list where expires_at <= (select expires_at from first)
                order by expires_at limit :limit for update skip locked)
            delete from hit_list using evicted where hit_list.id = evicted.id
            """;

    private static final String PRUNE = """
            with expired as materialized (
                select id from hit_list where expires_at <= now()
                order by expires_at limit :limit for update skip locked)
            delete from hit_list using expired where hit_list.id = expired.id
            """;

    private final SingleReads reads;
    private final HitListMapper mapper;

    HitListRepository(SingleReads reads, HitListMapper mapper) {
        this.reads = reads;
        this.mapper = mapper;
    }

    /** Null if the list is not kept any more. It needs no session. */
    public Uni<@Nullable HitList> find(UUID id) {
        return reads.read(FIND, Tuple.of(id), this::list);
    }

    private @Nullable HitList list(RowSet<Row> rows) {
        return rows.size() == 0
                ? null
                : mapper.toDomain(COLUMNS.read(rows.iterator().next(), new HitListEntity()));
    }

    /** Keeps a list for a time. */
    public Uni<Void> add(HitList list, Duration lifetime) {
        HitListEntity row = mapper.toRow(list);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ADD)
                        .setParameter("id", row.id)
                        .setParameter("collection", row.collectionId)
                        .setParameter("fingerprint", row.fingerprint)
                        .setParameter("set", row.vectorSet)
                        .setParameter("sequence", row.sequence)
                        .setParameter("total", row.total)
                        .setParameter("exact", row.exact)
                        .setParameter("cut", row.cut)
                        .setParameter("hits", row.hits)
                        .setParameter("lifetime", lifetime.toMillis() / 1000.0)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Deletes those that end first, until no more than so many are left or so many are deleted; returns how many. */
    public Uni<Integer> evict(int most, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(EVICT)
                .setParameter("most", most)
                .setParameter("limit", limit)
                .executeUpdate());
    }

    /** Deletes the oldest that have ended; returns how many. */
    public Uni<Integer> prune(int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("limit", limit)
                .executeUpdate());
    }
}
