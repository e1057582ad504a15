package dev.tandem.repository;

import dev.tandem.domain.change.Change;
import dev.tandem.domain.change.ChangeKind;
import dev.tandem.domain.change.LogExtent;
import dev.tandem.domain.change.Position;
import dev.tandem.domain.error.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The change log. It is read up to the horizon only: the first transaction that may still be running. Behind that, nothing appears any
 * more, so a reader that has come to a place has seen everything before it.
 */
@Singleton
public class ChangeRepository {

    private static final String APPEND = """
            with appended as (
                insert into change (collection_id, document_id, kind)
                select :collection, document_id, :kind from unnest(cast(:documents as uuid[])) as document_id)
            select cast(cast(pg_current_xact_id() as text) as bigint)
            """;
    private static final String STATUS = "select pg_xact_status(cast(cast(:sequence as text) as xid8))";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String EXTENT = """
            select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint),
                   coalesce((select txid from index_cursor where name = 'pruned'), 0)
            """;
    private static final String PRUNE = """
            with pruned as (
                delete from change where seq in (
                    select seq from change where created_at < now() - make_interval(secs => :age)
                    order by created_at limit :limit)
                returning cast(cast(txid as text) as bigint) as txid),
            noted as (
                insert into index_cursor (name, txid, seq) select 'pruned', max(txid), 0 from pruned having count(*) > 0
                on conflict on constraint pk_index_cursor do update set txid = greatest(index_cursor.txid, excluded.txid))
            select count(*) from pruned
            """;
    private static final String AFTER = """
            select cast(cast(txid as text) as bigint), seq, document_id, kind from change
            where collection_id = :collection
              and (txid, seq) > (cast(cast(:txid as text) as xid8), :seq)
              and txid < cast(cast(:horizon as text) as xid8)
            order by txid, seq limit :limit
            """;
    private static final String CHANGED_COLLECTIONS = """
            select distinct collection_id from change
            where txid >= cast(cast(:from as text) as xid8) and txid < cast(cast(:horizon as text) as xid8)
            """;
    private static final String LAG = """
            select count(*) from change
            where collection_id = :collection and (txid, seq) > (cast(cast(:txid as text) as xid8), :seq)
            """;

    /** Notes a change of documents; answers the transaction's id, which is the sequence that a reader must have reached to see it. */
    public Uni<Long> append(UUID collectionId, List<UUID> documentIds, ChangeKind kind) {
        return Panache.getSession().chain(session -> session.createNativeQuery(APPEND, Long.class)
                .setParameter("collection", collectionId)
                .setParameter("documents", documentIds.toArray(UUID[]::new))
                .setParameter("kind", kind.name())
                .getSingleResult());
    }

    /**
     * Whether the transaction of that sequence, which was begun not long ago, has been committed. Fails with {@link Refusal.Unavailable}
     * while that is not decided.
     */
    public Uni<Boolean> isCommitted(long sequence) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STATUS, String.class)
                        .setParameter("sequence", Long.toString(sequence))
                        .getSingleResultOrNull())
                .map(status -> switch (String.valueOf(status)) {
                    case "committed" -> true;
                    case "in progress" ->
                        throw new Refusal.Unavailable(
                                "database.unavailable",
                                "It is not known yet what became of an earlier try. Try again.",
                                RETRY_AFTER);
                    default -> false;
                });
    }

    /** How much of the log there is. */
    public Uni<LogExtent> extent() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(EXTENT, Object[].class).getSingleResult())
                .map(row -> new LogExtent(Rows.number(row[0]), Rows.number(row[1])));
    }

    /** Deletes the oldest changes of more than that age; answers how many. */
    public Uni<Long> prune(Duration age, int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE, Long.class)
                .setParameter("age", (double) age.toSeconds())
                .setParameter("limit", limit)
                .getSingleResult());
    }

    /** The next changes of a collection behind a position and before the horizon, in order. */
    public Uni<List<Change>> after(UUID collectionId, Position position, long horizon, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(AFTER, Object[].class)
                        .setParameter("collection", collectionId)
                        .setParameter("txid", Long.toString(position.txid()))
                        .setParameter("seq", position.seq())
                        .setParameter("horizon", Long.toString(horizon))
                        .setParameter("limit", limit)
                        .getResultList())
                .map(rows -> rows.stream().map(row -> change(collectionId, row)).toList());
    }

    /** The collections that the transactions from {@code from} on and before the horizon have changed. */
    public Uni<Set<UUID>> changedCollections(long from, long horizon) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CHANGED_COLLECTIONS, UUID.class)
                        .setParameter("from", Long.toString(from))
                        .setParameter("horizon", Long.toString(horizon))
                        .getResultList())
                .map(Set::copyOf);
    }

    /** How many changes of a collection lie behind a position, whether their order is settled or not. */
    public Uni<Long> lag(UUID collectionId, Position position) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LAG, Long.class)
                .setParameter("collection", collectionId)
                .setParameter("txid", Long.toString(position.txid()))
                .setParameter("seq", position.seq())
                .getSingleResult());
    }

    private static Change change(UUID collectionId, Object[] row) {
        return new Change(
                new Position(Rows.number(row[0]), Rows.number(row[1])),
                collectionId,
                Rows.id(row[2]),
                ChangeKind.valueOf((String) row[3]));
    }
}
