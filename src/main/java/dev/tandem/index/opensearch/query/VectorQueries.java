package dev.tandem.index.opensearch.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.index.opensearch.shape.Likeness;
import dev.tandem.index.opensearch.shape.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents whose best passage is nearest to a vector. The graph is searched with the filter inside, and proposes more documents
 * than are asked for. All of their passages are then compared.
 */
final class VectorQueries {

    /** OpenSearch looks for no more. */
    private static final int MOST_PROPOSED = 10_000;

    /** So many at least, however few are asked for: with fewer, too many of the nearest would be missed. */
    private static final int USUALLY_PROPOSED = 150;

    private VectorQueries() {}

    /**
     * @param conditions that a document meets, {@link Queries#documents} among them
     * @param effort how many are proposed, at least; null for {@link #USUALLY_PROPOSED}
     */
    static ObjectNode nearest(
            float[] target, Metric metric, List<ObjectNode> conditions, int limit, @Nullable Integer effort) {
        ObjectNode near = Queries.object();
        ObjectNode nested = near.putObject("nested").put("path", Names.PASSAGES);
        ObjectNode knn = nested.putObject("query").putObject("knn").putObject(Names.VECTOR);
        write(knn, "vector", target);
        int proposed = effort == null
                ? Math.max(USUALLY_PROPOSED, limit + Math.clamp(limit / 2, 50, 200))
                : Math.max(effort, limit);
        knn.put("k", Math.min(MOST_PROPOSED, proposed));
        // It applies to documents. OpenSearch takes a filter that passages might meet for one of passages.
        knn.set("filter", Queries.filtered(conditions));
        return compared(target, metric, List.of(near));
    }

    /** Compares the passages of all documents that meet the conditions. */
    static ObjectNode compared(float[] target, Metric metric, List<ObjectNode> conditions) {
        ObjectNode query = Queries.object();
        ObjectNode bool = query.putObject("bool");
        bool.putArray("filter").addAll(conditions);
        ObjectNode nested = bool.putArray("must").addObject().putObject("nested");
        nested.put("path", Names.PASSAGES).put("score_mode", "max");
        ObjectNode scored = nested.putObject("query").putObject("script_score");
        scored.set("query", Queries.everything());
        ObjectNode script = scored.putObject("script").put("lang", "knn").put("source", "knn_score");
        ObjectNode params = script.putObject("params");
        params.put("field", Names.VECTOR).put("space_type", Likeness.space(metric));
        write(params, "query_value", target);
        ObjectNode best = nested.putObject("inner_hits");
        best.put("size", 1).put("_source", false).putArray("docvalue_fields").add(Names.ORDINAL);
        return query;
    }

    private static void write(ObjectNode object, String name, float[] target) {
        var components = object.putArray(name);
        for (float component : target) {
            components.add(component);
        }
    }
}
