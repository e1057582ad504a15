package dev.tandem.index.opensearch.query;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.Stamp;
import dev.tandem.index.opensearch.shape.Likeness;
import dev.tandem.index.opensearch.shape.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The matches in an answer, best first; equal ones in the order of their ids. */
public final class Hits {

    private static final Comparator<KeywordMatch> BY_SCORE = comparingDouble(KeywordMatch::score)
            .reversed()
            .thenComparing(comparing(KeywordMatch::documentId, Stamp.ORDER));

    private static final Comparator<VectorMatch> BY_SIMILARITY = comparingDouble(VectorMatch::similarity)
            .reversed()
            .thenComparing(comparing(VectorMatch::documentId, Stamp.ORDER));

    private Hits() {}

    /** @param hits an array; IllegalArgumentException if it is not what was asked for */
    public static List<KeywordMatch> byWords(JsonNode hits) {
        List<KeywordMatch> matches = new ArrayList<>();
        for (JsonNode hit : hits) {
            matches.add(new KeywordMatch(id(hit), number(hit.path("_score"))));
        }
        matches.sort(BY_SCORE);
        return matches;
    }

    /** @param hits as in {@link #byWords} */
    public static List<VectorMatch> byVector(JsonNode hits, Metric metric) {
        List<VectorMatch> matches = new ArrayList<>();
        for (JsonNode hit : hits) {
            JsonNode passage = hit.path("inner_hits")
                    .path(Names.PASSAGES)
                    .path("hits")
                    .path("hits")
                    .path(0);
            int ordinal =
                    (int) number(passage.path("fields").path(Names.ORDINAL).path(0));
            double similarity = Likeness.similarity(metric, number(hit.path("_score")));
            matches.add(new VectorMatch(id(hit), similarity, ordinal));
        }
        matches.sort(BY_SIMILARITY);
        return matches;
    }

    private static UUID id(JsonNode hit) {
        return UUID.fromString(hit.path("_id").asText());
    }

    private static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("a hit without a number");
        }
        return node.doubleValue();
    }
}
