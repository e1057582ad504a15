package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How far the vectors that searches of collections use have come, according to their rows. */
@Singleton
public class VectorProgressRepository {

    /**
     * All values have one snapshot. Several of the newest transactions are returned, because an index may show the later of two concurrent
     * transactions first.
     */
    private static final String OF = """
            select wanted.collection_id,
                   coalesce((select cast(cast(sequence as text) as bigint) from embedding_task
                             where embedding_task.collection_id = wanted.collection_id and vector_set = %s
                               and asked_by = 'WRITE' and parked_at is null
                             order by sequence limit 1), cast(:never as bigint)),
                   coalesce((select string_agg(distinct cast(txid as text), ' ') from (
                                 select txid from change
                                 where change.collection_id = wanted.collection_id and kind = 'EMBEDDED'
                                 order by txid desc, seq desc limit 500) as newest), '')
            from unnest(cast(:collections as uuid[])) as wanted (collection_id)
            left join collection on collection.id = wanted.collection_id
            """.formatted(SetSql.SEARCHED);

    /**
     * A collection's vectors at one moment.
     *
     * @param pending the first sequence with missing vectors; greater than every sequence if none are missing
     * @param stored the newest transactions that have stored vectors
     */
    public record Vectors(long pending, List<Long> stored) {}

    public Uni<Map<UUID, Vectors>> of(Set<UUID> collectionIds) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OF, Object[].class)
                        .setParameter("collections", collectionIds.toArray(UUID[]::new))
                        .setParameter("never", Long.MAX_VALUE)
                        .getResultList())
                .map(rows -> rows.stream()
                        .collect(toMap(
                                row -> Rows.id(row[0]),
                                row -> new Vectors(Rows.number(row[1]), numbers((String) row[2])))));
    }

    private static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Long::valueOf).toList();
    }
}
