package dev.tandem.repository;

import dev.tandem.database.filter.FieldPathSql;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.MetadataIndex;
import dev.tandem.domain.metadata.FieldPath;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The declared indexes of collections. Triggers keep the values of documents that are written; what was there before, a job fills in. */
@Singleton
public class MetadataIndexRepository {

    /** A {@link MetadataIndex.State}. Nobody finishes an index whose job has ended without it, or is asked to. */
    private static final String STATE = """
            case when ready then 'READY'
                 when stopped is not null then stopped
                 when job_id is null then 'BUILDING'
                 else coalesce((select case when job.cancel_requested or job.state = 'CANCELED' then 'CANCELED'
                                            when job.ended_at is null then 'BUILDING'
                                            else 'FAILED' end
                                from job where job.id = metadata_index.job_id), 'FAILED')
            end
            """;

    private static final String DECLARED = "(dropped_at is null or stopped is not null)";

    private static final String DROP = """
            update metadata_index set dropped_at = coalesce(dropped_at, now()), stopped = null
            where collection_id = :collection and %s and (path <> all(cast(:paths as text[])) or %s in ('FAILED', 'CANCELED'))
            """.formatted(DECLARED, STATE);

    private static final String DECLARE = """
            insert into metadata_index (collection_id, path, json_path, ready, done)
            select cast(:collection as uuid), wanted.path, wanted.json_path, cast(:ready as boolean), 0
            from unnest(cast(:paths as text[]), cast(:json_paths as text[])) as wanted (path, json_path)
            where not exists (select from metadata_index
                              where collection_id = cast(:collection as uuid) and dropped_at is null and metadata_index.path = wanted.path)
            returning number
            """;

    private static final String FILL_BY = """
            update metadata_index set job_id = :job where number = any(cast(:numbers as bigint[]))
            """;

    private static final String OF = """
            select path, %s, done, job_id from metadata_index where collection_id = :collection and %s
            order by path collate "C"
            """.formatted(STATE, DECLARED);

    /** A value that is there was made by a trigger, of the document as it is: the documents are locked. */
    private static final String FILL = """
            insert into metadata_value (document_id, index_number, rank, number, text)
            select document.id, metadata_index.number, place.rank, place.number, place.text
            from document join metadata_index on metadata_index.collection_id = document.collection_id
                 cross join lateral metadata_place(document.metadata, metadata_index.json_path) as place
            where document.id = any(cast(:ids as uuid[])) and metadata_index.number = any(cast(:numbers as bigint[]))
              and metadata_index.dropped_at is null
            on conflict do nothing
            """;

    private static final String COUNT = """
            update metadata_index set done = done + :more where number = any(cast(:numbers as bigint[])) and dropped_at is null
            """;

    private static final String FINISH = """
            update metadata_index set ready = true where number = any(cast(:numbers as bigint[])) and dropped_at is null
            """;

    /** Without statistics PostgreSQL takes the values of a new index for few, and sorts them instead of walking along the index. */
    private static final String ANALYZE = "analyze metadata_value";

    /** As what is dropped, until it is declared again: so writers have nothing to do with it, and its values go. */
    private static final String STOP = """
            with unfinished as materialized (
                select number from metadata_index
                where not ready and dropped_at is null and %1$s in ('FAILED', 'CANCELED')
                limit :limit for update skip locked)
            update metadata_index set dropped_at = now(), stopped = %1$s
            from unfinished where metadata_index.number = unfinished.number
            """.formatted(STATE);

    /** The triggers keep a dropped index for less time than this. A value whose document somebody changes is left to the next portion. */
    private static final String SWEEP = """
            with dropped as materialized (
                select value.document_id, value.index_number
                from metadata_index cross join lateral (
                    select document_id, index_number from metadata_value where metadata_value.index_number = metadata_index.number
                    limit :limit for update skip locked) as value
                where metadata_index.dropped_at < now() - interval '10 minutes' limit :limit)
            delete from metadata_value using dropped
            where metadata_value.document_id = dropped.document_id and metadata_value.index_number = dropped.index_number
            """;

    /** Not before every transaction has ended that may still have added a value. */
    private static final String FORGET = """
            delete from metadata_index
            where dropped_at < now() - interval '1 hour' and stopped is null
              and not exists (select from metadata_value where index_number = metadata_index.number)
            """;

    /**
     * Makes the indexes those that the collection declares. One that nobody will finish begins anew. Returns the numbers of those that are new. A
     * collection that had no documents before this transaction has ready ones.
     */
    public Uni<List<Long>> declare(Collection owner, boolean areReady) {
        List<FieldPath> declared = owner.settings().indexes();
        String[] paths = declared.stream().map(FieldPath::toString).toArray(String[]::new);
        String[] jsonPaths = declared.stream().map(FieldPathSql::strict).toArray(String[]::new);
        return Panache.getSession().chain(session -> session.createNativeQuery(DROP)
                .setParameter("collection", owner.id())
                .setParameter("paths", paths)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(DECLARE, Long.class)
                        .setParameter("collection", owner.id())
                        .setParameter("ready", areReady)
                        .setParameter("paths", paths)
                        .setParameter("json_paths", jsonPaths)
                        .getResultList()));
    }

    /** Says which job brings these indexes the documents that were there before. */
    public Uni<Void> fillBy(UUID jobId, List<Long> numbers) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FILL_BY)
                        .setParameter("job", jobId)
                        .setParameter("numbers", numbers.toArray(Long[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The declared indexes of a collection, ordered by path. */
    public Uni<List<MetadataIndex>> of(UUID collectionId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF, Object[].class)
                        .setParameter("collection", collectionId)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new MetadataIndex(
                                FieldPath.parse((String) row[0]),
                                MetadataIndex.State.valueOf((String) row[1]),
                                Rows.number(row[2]),
                                row[3] == null ? null : Rows.id(row[3])))
                        .toList());
    }

    /** Adds the values of documents that this transaction has locked. Returns whether one of the indexes is still declared. */
    public Uni<Boolean> fill(List<Long> numbers, List<UUID> documents) {
        return Panache.getSession().chain(session -> session.createNativeQuery(FILL)
                .setParameter("ids", documents.toArray(UUID[]::new))
                .setParameter("numbers", numbers.toArray(Long[]::new))
                .executeUpdate()
                .chain(() -> session.createNativeQuery(COUNT)
                        .setParameter("more", (long) documents.size())
                        .setParameter("numbers", numbers.toArray(Long[]::new))
                        .executeUpdate())
                .map(indexes -> indexes > 0));
    }

    /** Lets lists use these indexes, which have all documents. */
    public Uni<Void> finish(List<Long> numbers) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ANALYZE)
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(FINISH)
                                .setParameter("numbers", numbers.toArray(Long[]::new))
                                .executeUpdate()))
                .replaceWithVoid();
    }

    /** Gives up, until they are declared again, indexes whose jobs have ended without them. */
    public Uni<Void> stop(int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(STOP)
                        .setParameter("limit", limit)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Deletes values of dropped indexes, and then the indexes. Returns how many values. */
    public Uni<Integer> sweep(int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(SWEEP)
                .setParameter("limit", limit)
                .executeUpdate()
                .call(count -> count > 0
                        ? Uni.createFrom().voidItem()
                        : session.createNativeQuery(FORGET).executeUpdate()));
    }
}
