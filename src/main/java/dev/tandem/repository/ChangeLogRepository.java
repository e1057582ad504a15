package dev.tandem.repository;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The operations on the change log as a whole: deleting old changes, and adopting a log that was restored from a dump. */
@Singleton
public class ChangeLogRepository {

    /** The newest change stays, however old it is: positions are recognised by it. */
    private static final String PRUNE = """
            with pruned as (
                delete from change where seq in (
                    select seq from change
                    where created_at < now() - make_interval(secs => :age)
                      and txid < (select txid from change order by txid desc, seq desc limit 1)
                    order by created_at limit :limit)
                returning collection_id, cast(cast(txid as text) as bigint) as txid),
            forgotten as (
                delete from index_cursor where name like 'pruned/%'
                and not exists (select from collection where name = concat('pruned/', cast(collection.id as text)))),
            noted as (
                insert into index_cursor (name, txid, seq)
                select 'pruned', max(txid), 0 from pruned having count(*) > 0
                union all
                select concat('pruned/', cast(collection.id as text)), max(txid), 0
                from pruned join collection on collection.id = pruned.collection_id group by collection.id
                on conflict on constraint pk_index_cursor do update set txid = greatest(index_cursor.txid, excluded.txid))
            select count(*) from pruned
            """;

    /** Identifies this database and its cluster. */
    private static final String CLUSTER = """
            cluster as (
                select concat_ws('/',
                           case when has_function_privilege('pg_control_system()', 'execute')
                                then (select system_identifier from pg_control_system()) end,
                           (select oid from pg_database where datname = current_database())) as here)
            """;

    /** A standby may know less than its primary, and will learn of it. */
    private static final String YET_TO_END = """
            select not pg_is_in_recovery()
               and cast(cast(:sequence as text) as xid8) >= pg_snapshot_xmax(pg_current_snapshot())
            """;

    /** Returns no row if the log already belongs to this cluster. */
    private static final String ADOPT = "with " + CLUSTER + """
            insert into index_cursor (name, txid, seq, holder)
            select 'origin', 0, 0, here from cluster
            on conflict on constraint pk_index_cursor do update set holder = excluded.holder
            where index_cursor.holder is distinct from excluded.holder
            returning 1
            """;

    private static final String FOREIGN = "with " + CLUSTER + """
            select coalesce((select max(seq) from change), 0) from cluster
            where not exists (select from index_cursor where name = 'origin' and holder = here)
            """;
    private static final String CLEAR = """
            delete from change where seq in (select seq from change where seq <= :last order by seq limit :limit)
            """;
    private static final String BEGIN = """
            with forgotten as (delete from index_cursor where name = 'pruned' or name like 'pruned/%')
            insert into change (collection_id, document_id, kind) select id, id, 'REBUILD' from collection
            """;

    /** The number of the last change, if the log came from another cluster with a dump; null if the log is this cluster's own. */
    public Uni<@Nullable Long> foreignEnd() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FOREIGN, Long.class).getSingleResultOrNull());
    }

    /** Whether no transaction with that sequence has ended yet: who knows it has it from another database, or from a time that was undone. */
    public Uni<Boolean> isYetToEnd(long sequence) {
        return Panache.getSession().chain(session -> session.createNativeQuery(YET_TO_END, Boolean.class)
                .setParameter("sequence", Long.toString(sequence))
                .getSingleResult());
    }

    /** Deletes the oldest changes up to that number; returns how many. */
    public Uni<Integer> clear(long last, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(CLEAR)
                .setParameter("last", last)
                .setParameter("limit", limit)
                .executeUpdate());
    }

    /**
     * Adopts the log for this cluster, when the foreign changes have been {@linkplain #clear cleared} because they had foreign transaction
     * ids. It makes every index rebuild. Returns false if another replica has already adopted the log.
     */
    public Uni<Boolean> adopt() {
        return Panache.getSession().chain(session -> session.createNativeQuery(ADOPT, Integer.class)
                .getSingleResultOrNull()
                .chain(foreign -> foreign == null
                        ? Uni.createFrom().item(false)
                        : session.createNativeQuery(BEGIN).executeUpdate().replaceWith(true)));
    }

    /** Deletes the oldest changes above that age, except for the newest change; returns how many. */
    public Uni<Long> prune(Duration age, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE, Long.class)
                .setParameter("age", (double) age.toSeconds())
                .setParameter("limit", limit)
                .getSingleResult());
    }
}
