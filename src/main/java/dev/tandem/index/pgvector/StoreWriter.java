package dev.tandem.index.pgvector;

import dev.tandem.index.IndexEntry;
import dev.tandem.index.shared.Claim;
import dev.tandem.index.shared.Store;
import dev.tandem.index.shared.StoreGone;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Writes documents into a store, in the transaction of its connection.
 *
 * <p>Two things keep late writes out. A write under an older claim than the newest that has written is refused as a whole. Under one claim,
 * each document remembers the version that wrote it last, also when it is gone. What is gone is forgotten with the next claim, or after an hour,
 * when no write can be on its way any more.
 */
final class StoreWriter {

    private static final Logger LOG = Logger.getLogger(StoreWriter.class);

    /** Locks the row only if there is something to raise, and so never asks for a stronger lock than it has. */
    private static final String RAISE = "update store set fence = $2 where name = $1 and fence < $2";
    /** Writes under one claim go on side by side. The first under a newer one waits until they have ended. */
    private static final String FENCE = "select fence from store where name = $1 for share";

    private static final String FORGET_BEFORE = """
            delete from %1$s where id in (
                select id from %1$s where gone_at is not null and written < $1 for update skip locked)
            """;
    private static final String FORGET_OLD = """
            delete from %1$s where id in (
                select id from %1$s where gone_at < now() - interval '1 hour' limit 10000 for update skip locked)
            """;

    private static final String DOCUMENTS = """
            insert into %s as present
                (id, written, stamp, gone_at, key, title, version, created_at, updated_at, metadata)
            select id, $2, stamp, case when stamp is null then now() end,
                   key, title, version, created_at, updated_at, cast(metadata as jsonb)
            from unnest(cast($1 as uuid[]), cast($3 as bigint[]), cast($4 as text[]), cast($5 as text[]),
                        cast($6 as bigint[]), cast($7 as timestamptz[]), cast($8 as timestamptz[]), cast($9 as text[]))
                as new (id, stamp, key, title, version, created_at, updated_at, metadata)
            on conflict (id) do update
            set written = excluded.written, stamp = excluded.stamp, gone_at = excluded.gone_at, key = excluded.key,
                title = excluded.title, version = excluded.version, created_at = excluded.created_at,
                updated_at = excluded.updated_at, metadata = excluded.metadata
            where present.written <= excluded.written
            returning id
            """;

    private static final String OTHER_CHUNKS = """
            delete from %s as present
            where owner = any(cast($1 as uuid[])) and not exists (
                select 1 from unnest(cast($2 as uuid[]), cast($3 as int[])) as kept (owner, ordinal)
                where kept.owner = present.owner and kept.ordinal = present.ordinal)
            """;

    /** A vector that has not changed keeps its place in the graph. */
    private static final String CHUNKS = """
            insert into %s as present (owner, ordinal, embedding)
            select owner, ordinal,
                   cast((cast($3 as real[]))[(number - 1) * $4 + 1 : number * $4] as vector)
            from unnest(cast($1 as uuid[]), cast($2 as int[])) with ordinality as new (owner, ordinal, number)
            on conflict (owner, ordinal) do update set embedding = excluded.embedding
            where present.embedding <> excluded.embedding
            """;

    private final SqlConnection connection;
    private final Store store;
    private final Tables tables;

    StoreWriter(SqlConnection connection, Store store) {
        this.connection = connection;
        this.store = store;
        this.tables = Tables.of(store);
    }

    Future<Void> write(long version, List<IndexEntry> saved, Set<UUID> gone) {
        long fence = Claim.fence(version);
        return connection
                .preparedQuery(RAISE)
                .execute(Tuple.of(store.name(), fence))
                .compose(raised -> newest().compose(newest -> {
                    if (newest > fence) {
                        LOG.infof("A write into %s came too late: its claim has ended.", store.name());
                        return Future.succeededFuture();
                    }
                    return forget(raised.rowCount() > 0, fence, !gone.isEmpty())
                            .compose(done ->
                                    each(DocumentBatch.of(saved, gone), batch -> writeDocuments(version, batch)));
                }));
    }

    private Future<Long> newest() {
        return connection.preparedQuery(FENCE).execute(Tuple.of(store.name())).map(rows -> {
            if (rows.size() == 0) {
                throw new StoreGone(store);
            }
            return rows.iterator().next().getLong(0);
        });
    }

    private Future<Void> forget(boolean isNewClaim, long fence, boolean isDeleting) {
        if (isNewClaim) {
            return connection
                    .preparedQuery(FORGET_BEFORE.formatted(tables.documents()))
                    .execute(Tuple.of(Claim.version(fence, 0)))
                    .mapEmpty();
        }
        return isDeleting
                ? connection
                        .query(FORGET_OLD.formatted(tables.documents()))
                        .execute()
                        .mapEmpty()
                : Future.succeededFuture();
    }

    private Future<Void> writeDocuments(long version, DocumentBatch batch) {
        return connection
                .preparedQuery(DOCUMENTS.formatted(tables.documents()))
                .execute(batch.tuple(version))
                .compose(rows -> {
                    Set<UUID> taken = new HashSet<>();
                    for (Row row : rows) {
                        taken.add(row.getUUID(0));
                    }
                    return writeChunks(taken, ChunkBatch.of(new Space(store.shape()), batch.saved(), taken));
                });
    }

    private Future<Void> writeChunks(Set<UUID> owners, List<ChunkBatch> batches) {
        return connection
                .preparedQuery(OTHER_CHUNKS.formatted(tables.chunks()))
                .execute(ChunkBatch.places(owners, batches))
                .compose(deleted -> each(batches, batch -> connection
                        .preparedQuery(CHUNKS.formatted(tables.chunks()))
                        .execute(batch.tuple(store.shape().dimensions()))
                        .mapEmpty()));
    }

    /** One after the other. */
    private static <T> Future<Void> each(List<T> batches, Function<T, Future<Void>> work) {
        Future<Void> all = Future.succeededFuture();
        for (T batch : batches) {
            all = all.compose(done -> work.apply(batch));
        }
        return all;
    }
}
