package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.SearchText;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.shape.VectorSpace;
import dev.tandem.index.text.QueryWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What OpenSearch is asked for a query. Making it analyses texts, which is CPU work.
 *
 * @param byWords null if there is nothing to look for by words
 * @param byVector null if there is nothing to look for by vector
 */
public record Questions(
        CandidateQuery query,
        Shape shape,
        @Nullable ObjectNode byWords,
        @Nullable ObjectNode byVector) {

    public static Questions of(CandidateQuery query, Shape shape) {
        Vector vector = query.vector();
        VectorSpace space = new VectorSpace(shape);
        ObjectNode byVector = vector == null || !space.takes(vector)
                ? null
                : search(
                        VectorQueries.nearest(
                                space.stored(vector),
                                shape.metric(),
                                conditions(query, shape),
                                query.limit(),
                                query.effort()),
                        query);
        return new Questions(query, shape, byWords(query, shape), byVector);
    }

    public boolean isEmpty() {
        return byWords == null && byVector == null;
    }

    /** The question by vector without the graph, for where it proposes too few. */
    public ObjectNode byEveryVector() {
        float[] target = new VectorSpace(shape).stored(Objects.requireNonNull(query.vector()));
        return search(VectorQueries.compared(target, shape.metric(), conditions(query, shape)), query);
    }

    private static @Nullable ObjectNode byWords(CandidateQuery query, Shape shape) {
        SearchText text = query.text();
        ObjectNode words = text == null ? null : KeywordQueries.of(text, shape.language());
        if (text == null || words == null) {
            return null;
        }
        ObjectNode all = Queries.object();
        ObjectNode bool = all.putObject("bool");
        bool.putArray("must").add(words);
        if (!query.filter().equals(Filter.EVERYTHING)) {
            bool.putArray("filter").add(FilterQueries.of(query.filter()));
        }
        ObjectNode search = search(all, query);
        if (query.isCounted()) {
            search.put("track_total_hits", true);
        }
        QueryWords wanted = QueryWords.of(text.wanted(), shape.language());
        if (!wanted.spelling().isEmpty()) {
            ObjectNode rescore = search.putObject("rescore");
            rescore.put("window_size", CandidateQuery.LOOKED_AT_AGAIN);
            ObjectNode again = rescore.putObject("query");
            again.put("query_weight", 1).put("rescore_query_weight", 1);
            again.set("rescore_query", WordQueries.writtenLike(wanted.spelling()));
        }
        return search;
    }

    private static List<ObjectNode> conditions(CandidateQuery query, Shape shape) {
        List<ObjectNode> conditions = new ArrayList<>();
        conditions.add(Queries.documents());
        if (!query.filter().equals(Filter.EVERYTHING)) {
            conditions.add(FilterQueries.of(query.filter()));
        }
        KeywordQueries.addDemands(query.demands(), shape.language(), conditions);
        return conditions;
    }

    private static ObjectNode search(ObjectNode query, CandidateQuery of) {
        ObjectNode search = Queries.object();
        search.put("size", of.limit()).put("_source", false).put("track_total_hits", false);
        search.set("query", query);
        return search;
    }
}
