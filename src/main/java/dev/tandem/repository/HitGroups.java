package dev.tandem.repository;

import static java.util.stream.Collectors.toMap;

import dev.tandem.database.filter.Expiry;
import dev.tandem.database.filter.FieldValues;
import dev.tandem.database.filter.FilterCondition;
import dev.tandem.database.filter.SqlCondition;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.variety.GroupSizes;
import dev.tandem.domain.search.variety.Grouping;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Chooses among ranked documents by the values that group them. It reads no more of a row than these. */
@Singleton
class HitGroups {

    /** So many rows are read at once. */
    private static final int PIECE = 500;

    private static final String VALUES = """
            select id, cast(jsonb_path_query_array(metadata, cast(cast(:path as text) as jsonpath)) as text)
            from document
            where collection_id = :collection and id = any(cast(:ids as uuid[])) and %s and\s
            """ + Expiry.AHEAD.sql();

    /** The values of a document, as if they were a field of this name. */
    private static final FieldPath READ = new FieldPath(List.of("values"));

    HitGroups() {}

    /** The first {@code limit} ranked documents that exist, match, and fit into their groups. */
    Uni<List<Ranking>> first(UUID collectionId, List<Ranking> rankings, Filter filter, Grouping grouping, int limit) {
        return new Choice(collectionId, filter, grouping, limit).from(rankings);
    }

    private static final class Choice {

        private final UUID collectionId;
        private final Grouping grouping;
        private final SqlCondition matching;
        private final int limit;
        private final GroupSizes sizes;
        private final List<Ranking> chosen = new ArrayList<>();

        Choice(UUID collectionId, Filter filter, Grouping grouping, int limit) {
            this.collectionId = collectionId;
            this.grouping = grouping;
            this.matching = filter.equals(Filter.EVERYTHING) ? SqlCondition.TRUE : FilterCondition.of(filter);
            this.limit = limit;
            this.sizes = new GroupSizes(grouping);
        }

        Uni<List<Ranking>> from(List<Ranking> rankings) {
            if (chosen.size() == limit || rankings.isEmpty()) {
                return Uni.createFrom().item(chosen);
            }
            List<Ranking> next = rankings.subList(0, Math.min(PIECE, rankings.size()));
            return values(next)
                    .invoke(values -> choose(next, values))
                    .chain(() -> from(rankings.subList(next.size(), rankings.size())));
        }

        private void choose(List<Ranking> next, Map<UUID, Metadata> values) {
            for (Ranking ranking : next) {
                Metadata read = values.get(ranking.documentId());
                if (chosen.size() < limit && read != null && sizes.take(READ.scalars(read))) {
                    chosen.add(ranking);
                }
            }
        }

        private Uni<Map<UUID, Metadata>> values(List<Ranking> next) {
            return Panache.getSession()
                    .chain(session -> {
                        var query = session.createNativeQuery(VALUES.formatted(matching.sql()), Object[].class);
                        matching.parameters().forEach(query::setParameter);
                        return query.setParameter("path", FieldValues.path(grouping.field()))
                                .setParameter("collection", collectionId)
                                .setParameter("ids", Columns.ids(next, Ranking::documentId))
                                .getResultList();
                    })
                    .map(rows -> rows.stream().collect(toMap(row -> Rows.id(row[0]), row -> read((String) row[1]))));
        }

        private static Metadata read(String values) {
            return new Metadata(Map.of(READ.names().getFirst(), new JsonArray(values).getList()));
        }
    }
}
