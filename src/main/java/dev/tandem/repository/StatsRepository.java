package dev.tandem.repository;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.database.filter.Expiry;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.CollectionStats;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a collection. Its rows are counted again only if the change log says that they have changed since, because to count a million takes
 * seconds, and clients ask again and again while they wait for an index.
 */
@Singleton
public class StatsRepository {

    private static final int KNOWN = 10_000;

    /** The last change is no mark while a transaction that began before it may still commit: its rows would not be in what is counted. */
    private static final String STATE = """
            select (select count(*) from document where collection_id = :id and %s),
                   tasks.pending, tasks.parked, tasks.oldest, last.mark
            from (select count(*) filter (where parked_at is null) as pending, count(parked_at) as parked,
                         cast(extract(epoch from now() - min(asked_at) filter (where parked_at is null)) * 1000 as bigint) as oldest
                  from embedding_task where collection_id = :id and vector_set = :vector_set) as tasks
            left join (select case when txid < pg_snapshot_xmin(pg_current_snapshot()) then concat(txid, '-', seq) end as mark
                       from change where collection_id = :id order by txid desc, seq desc limit 1) as last on true
            """.formatted(Expiry.OVER.sql());

    private static final String COUNTS = """
            select (select count(*) from document where collection_id = :id),
                   (select count(*) from chunk join document on document.id = chunk.document_id
                    where collection_id = :id and vector_set = :vector_set)
            """;

    private record Key(UUID collectionId, int vectorSet) {}

    /**
     * How much there was at a place of the log.
     *
     * @param mark the collection's last change; null if more may be committed before it, and then they hold for this moment only
     * @param documents with those whose time is over
     */
    private record Counts(@Nullable String mark, long documents, long chunks) {

        boolean hold(@Nullable String now) {
            return mark != null && mark.equals(now);
        }
    }

    private final Cache<Key, Counts> known =
            Caffeine.newBuilder().maximumSize(KNOWN).executor(Runnable::run).build();

    /** The numbers of now. */
    public Uni<CollectionStats> of(Collection collection) {
        Key key = new Key(collection.id(), collection.searched().number());
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STATE, Object[].class)
                        .setParameter("id", key.collectionId())
                        .setParameter("vector_set", key.vectorSet())
                        .getSingleResult())
                .chain(row -> counts(key, (String) row[4])
                        .map(counts -> new CollectionStats(
                                counts.documents() - Rows.number(row[0]),
                                counts.chunks(),
                                Rows.number(row[1]),
                                Rows.number(row[2]),
                                row[3] == null ? null : Duration.ofMillis(Rows.number(row[3])))));
    }

    private Uni<Counts> counts(Key key, @Nullable String mark) {
        Counts before = known.getIfPresent(key);
        if (before != null && before.hold(mark)) {
            return Uni.createFrom().item(before);
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(COUNTS, Object[].class)
                        .setParameter("id", key.collectionId())
                        .setParameter("vector_set", key.vectorSet())
                        .getSingleResult())
                .map(row -> new Counts(mark, Rows.number(row[0]), Rows.number(row[1])))
                .invoke(counts -> {
                    if (mark != null) {
                        known.put(key, counts);
                    }
                });
    }
}
