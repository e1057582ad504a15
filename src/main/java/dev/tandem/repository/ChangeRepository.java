package dev.tandem.repository;

import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogHead;
import dev.tandem.domain.change.LogNews;
import dev.tandem.domain.change.LogSlice;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The change log. A reader's {@link Position} names the last transaction that it has seen, and the earlier ones that were still running. So
 * a transaction that commits late is not missed, and one that stays open does not delay a reader.
 */
@Singleton
public class ChangeRepository {

    /**
     * A commit that others see must be durable, because their indexes rely on it. If the database is set not to wait for its disk, this
     * transaction waits nevertheless.
     */
    private static final String APPEND = """
            with appended as (
                insert into change (collection_id, document_id, kind)
                select :collection, document_id, :kind from unnest(cast(:documents as uuid[])) as document_id)
            select cast(cast(pg_current_xact_id() as text) as bigint)
            from (select case when current_setting('synchronous_commit') = 'off'
                              then set_config('synchronous_commit', 'on', true) end) as durable
            """;

    /** An id that is not older than the present transaction's was lost in a crash. Asking PostgreSQL for its status would be an error. */
    private static final String STATUS = """
            select case when cast(cast(:sequence as text) as xid8) < pg_current_xact_id()
                        then pg_xact_status(cast(cast(:sequence as text) as xid8)) end,
                   exists (select from change where txid = cast(cast(:sequence as text) as xid8) and document_id = :document)
            """;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * The log as this statement sees it: its origin, its newest transaction, and the transactions that were running before that one. A
     * standby does not know the running transactions. There the log ends before the first transaction that may be running.
     */
    private static final String HEAD = """
            log as materialized (
                select pg_current_snapshot() as snapshot, pg_is_in_recovery() as is_standby),
            head as materialized (
                select snapshot, is_standby, newest.txid, newest.created_at,
                       case when not is_standby then
                           concat_ws('/',
                               case when has_function_privilege('pg_control_system()', 'execute')
                                    then (select system_identifier from pg_control_system()) end,
                               case when has_function_privilege('pg_walfile_name(pg_lsn)', 'execute')
                                    then left(pg_walfile_name(pg_current_wal_lsn()), 8) end,
                               (select oid from pg_database where datname = current_database())) end as origin,
                       case when not is_standby then
                           array_to_string(array(select xip from pg_snapshot_xip(snapshot) as xip where xip < newest.txid), ',')
                       end as running
                from log left join lateral (
                    select txid, created_at from change where not is_standby or txid < pg_snapshot_xmin(snapshot)
                    order by txid desc, seq desc limit 1) as newest on true)
            """;

    private static final String HEAD_COLUMNS = """
            head.origin, cast(cast(head.txid as text) as bigint),
            cast(extract(epoch from head.created_at) * 1000000 as bigint), head.running""";

    private static final String SETTLED = """
            (not (select is_standby from head) or change.txid < (select pg_snapshot_xmin(snapshot) from head))
            """;
    /** What a reader at a position has not seen: changes of later transactions, and those of pending ones. */
    private static final String LATER =
            "from change where (change.txid, change.seq) > (cast(cast(:txid as text) as xid8), :seq) and " + SETTLED;

    private static final String PENDING = """
            from unnest(cast(:pending as text[]), cast(:seen as bigint[])) as pending (txid, seen)
            join change on change.txid = cast(pending.txid as xid8) and change.seq > pending.seen and\s""" + SETTLED;

    private static final String END = "with " + HEAD + "select " + HEAD_COLUMNS + " from head";
    /** When the transaction of the reader's position began, according to the log. */
    private static final String ANCHOR = """
            (select cast(extract(epoch from created_at) * 1000000 as bigint) from change
             where txid = cast(cast(:txid as text) as xid8) order by seq limit 1)""";

    private static final String CHANGED_COLLECTIONS = "with " + HEAD + ", unseen as (select collection_id " + LATER
            + " union select collection_id " + PENDING + ") select " + HEAD_COLUMNS + ", " + ANCHOR
            + ", collection_id from head left join unseen on true";
    /**
     * If a reader's position is behind the end, it belongs to another log, so it has seen nothing of this one. A standby, though, may lag
     * behind its readers.
     */
    private static final String LAG = "with " + HEAD + """
            select case when not head.is_standby and head.txid < cast(cast(:txid as text) as xid8)
                        then (select count(*) from change where collection_id = :collection)
                        else (select count(*)\s""" + LATER
            + " and collection_id = :collection) + (select count(*) " + PENDING
            + " and collection_id = :collection) end from head";

    private static final String OF_COLLECTION =
            " and collection_id = :collection order by change.txid, change.seq limit :limit";
    private static final String AFTER = "with " + HEAD + ", later as (select change.* " + LATER + OF_COLLECTION
            + "), late as (select change.* " + PENDING + OF_COLLECTION + "), " + """
            next as (
                select * from later union all select * from late order by txid, seq limit :limit)
            select\s""" + HEAD_COLUMNS + """
            , (select txid from index_cursor where name = 'pruned'),
                   (select txid from index_cursor where name = concat('pruned/', cast(cast(:collection as uuid) as text))),
                   """ + ANCHOR
            + """
            ,
                   cast(cast(next.txid as text) as bigint), next.seq,
                   cast(extract(epoch from next.created_at) * 1000000 as bigint), next.document_id, next.kind
            from head left join next on true
            order by next.txid, next.seq
            """;

    /** Adds changes of documents. Returns the transaction's id: a reader that has seen this sequence has seen the changes. */
    public Uni<Long> append(UUID collectionId, List<UUID> documentIds, ChangeKind kind) {
        return Panache.getSession().chain(session -> session.createNativeQuery(APPEND, Long.class)
                .setParameter("collection", collectionId)
                .setParameter("documents", documentIds.toArray(UUID[]::new))
                .setParameter("kind", kind.name())
                .getSingleResult());
    }

    /**
     * Whether the transaction with that sequence has been committed. It began recently and added a change of the document; after a crash
     * PostgreSQL may have given its id to another one. It needs a transaction. Fails with {@link Refusal.Unavailable} while the outcome is
     * undecided.
     */
    public Uni<Boolean> isCommitted(long sequence, UUID documentId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STATUS, Object[].class)
                        .setParameter("sequence", Long.toString(sequence))
                        .setParameter("document", documentId)
                        .getSingleResult())
                .map(row -> switch (String.valueOf(row[0])) {
                    case "committed" -> (boolean) row[1];
                    case "in progress" ->
                        throw new Refusal.Unavailable(
                                "database.unavailable",
                                "The result of an earlier attempt is not known yet. Try again.",
                                RETRY_AFTER);
                    default -> false;
                });
    }

    /** The present log. */
    public Uni<LogHead> head() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(END, Object[].class).getSingleResult())
                .map(LogRows::head);
    }

    /** The next changes of a collection, in order, that a reader at the position has not seen. */
    public Uni<LogSlice> after(UUID collectionId, Position position, int limit) {
        return Panache.getSession()
                .chain(session -> from(position, session.createNativeQuery(AFTER, Object[].class))
                        .setParameter("collection", collectionId)
                        .setParameter("limit", limit)
                        .getResultList())
                .map(rows -> LogRows.slice(collectionId, position, rows, limit));
    }

    /** What has changed since the position. */
    public Uni<LogNews> news(Position position) {
        return Panache.getSession()
                .chain(session -> from(position, session.createNativeQuery(CHANGED_COLLECTIONS, Object[].class))
                        .getResultList())
                .map(rows -> LogRows.news(position, rows));
    }

    /** How many changes of a collection a reader at the position has not seen. */
    public Uni<Long> lag(UUID collectionId, Position position) {
        return Panache.getSession().chain(session -> from(position, session.createNativeQuery(LAG, Long.class))
                .setParameter("collection", collectionId)
                .getSingleResult());
    }

    private static <T> Mutiny.SelectionQuery<T> from(Position position, Mutiny.SelectionQuery<T> query) {
        return query.setParameter("txid", Long.toString(position.txid()))
                .setParameter("seq", position.seq())
                .setParameter(
                        "pending",
                        position.pending().keySet().stream()
                                .map(String::valueOf)
                                .toArray(String[]::new))
                .setParameter("seen", position.pending().values().toArray(Long[]::new));
    }
}
