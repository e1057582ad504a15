package dev.tandem.repository;

import dev.tandem.database.filter.DeclaredIds;
import dev.tandem.database.filter.SortedIds;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.metadata.FieldPath;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ids of a page in an order that none of the table's own indexes has: in a declared index if it is ready, and otherwise by sorting.
 *
 * <p>An index that is dropped right after it has been found here is kept up for minutes more, so that the page is right all the same. A collection
 * without declared indexes pays nothing.
 */
@Singleton
class MetadataIndexLookup {

    private static final String READY = """
            select number from metadata_index where collection_id = %s and path = %s and ready and dropped_at is null
            """;
    private static final String NUMBERED = READY.formatted("$1", "$2");
    private static final String NAMED = READY.formatted(":collection", ":path");

    private final SingleReads reads;

    MetadataIndexLookup(SingleReads reads) {
        this.reads = reads;
    }

    /** The ids as an array in SQL, outside of any block of work. */
    Uni<SqlCondition> ids(Collection owner, DocumentQuery query, int limit) {
        FieldPath path = declared(owner, query);
        return path == null
                ? Uni.createFrom().item(ids(owner, query, limit, null))
                : reads.read(NUMBERED, Tuple.of(owner.id(), path.toString()), rows -> {
                            for (Row row : rows) {
                                return row.getLong(0);
                            }
                            return (Long) null;
                        })
                        .map(index -> ids(owner, query, limit, index));
    }

    /** The same within a block of work. */
    static Uni<SqlCondition> idsInside(Collection owner, DocumentQuery query, int limit) {
        FieldPath path = declared(owner, query);
        return path == null
                ? Uni.createFrom().item(ids(owner, query, limit, null))
                : Panache.getSession()
                        .chain(session -> session.createNativeQuery(NAMED, Long.class)
                                .setParameter("collection", owner.id())
                                .setParameter("path", path.toString())
                                .getSingleResultOrNull())
                        .map(index -> ids(owner, query, limit, index));
    }

    private static @Nullable FieldPath declared(Collection owner, DocumentQuery query) {
        FieldPath path = query.servingIndex();
        return path != null && owner.settings().indexes().contains(path) ? path : null;
    }

    private static SqlCondition ids(Collection owner, DocumentQuery query, int limit, @Nullable Long index) {
        return index == null ? SortedIds.of(owner.id(), query, limit) : DeclaredIds.of(index, owner.id(), query, limit);
    }
}
