package dev.tandem.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.opensearch.query.Hits;
import dev.tandem.index.opensearch.query.Questions;
import dev.tandem.index.shared.Found;
import dev.tandem.index.shared.Store;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/** Asks for candidates: by words and by vector in one request. */
final class Searches {

    /** Statistics of words are those of the whole index, however many shards it has, and half an answer is none. */
    private static final String HOW = "?search_type=dfs_query_then_fetch&allow_partial_search_results=false";

    private static final String PARTS = "responses.status,responses.error,responses.timed_out,responses._shards,"
            + "responses.hits.total,responses.hits.max_score,responses.hits.hits._id,responses.hits.hits._score,"
            + "responses.hits.hits.inner_hits.*.hits.hits.fields";

    private final Cluster cluster;

    Searches(Cluster cluster) {
        this.cluster = cluster;
    }

    static String path(String index) {
        return "/" + index + "/_search" + HOW;
    }

    static Buffer body(String search) {
        return Buffer.buffer(search);
    }

    Uni<Found> find(Store store, String index, CandidateQuery query) {
        return cluster.work(() -> Questions.of(query, store.shape())).chain(questions -> {
            if (questions.isEmpty()) {
                return Uni.createFrom().item(Found.NOTHING);
            }
            return ask(index, questions)
                    .chain(found -> isShort(questions, found)
                            ? everyVector(index, questions)
                                    .map(all -> new Found(found.byWords(), all, found.matching()))
                            : Uni.createFrom().item(found));
        });
    }

    /** Either there are no more documents, and comparing each one costs little, or parts of the graph cannot be reached. */
    private static boolean isShort(Questions questions, Found found) {
        return questions.byVector() != null
                && found.byVector().size() < questions.query().limit();
    }

    private Uni<Found> ask(String index, Questions questions) {
        List<JsonNode> lines = new ArrayList<>();
        if (questions.byWords() != null) {
            lines.add(header());
            lines.add(questions.byWords());
        }
        if (questions.byVector() != null) {
            lines.add(header());
            lines.add(questions.byVector());
        }
        Buffer body = Cluster.json(lines.toArray(JsonNode[]::new));
        return cluster.askLines(
                "/" + index + "/_msearch?filter_path=" + PARTS, body, answer -> found(questions, answer));
    }

    private static ObjectNode header() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("search_type", "dfs_query_then_fetch")
                .put("allow_partial_search_results", false);
    }

    private static Found found(Questions questions, JsonNode answer) {
        JsonNode responses = Answer.part(answer, "responses");
        int at = 0;
        List<KeywordMatch> byWords = List.of();
        List<VectorMatch> byVector = List.of();
        // A text without a word matches nothing.
        Long matching = questions.query().isCounted() ? 0L : null;
        if (questions.byWords() != null) {
            JsonNode words = responses.path(at++);
            byWords = Hits.byWords(hits(words));
            matching = matching == null ? null : Answer.total(words);
        }
        if (questions.byVector() != null) {
            byVector = Hits.byVector(hits(responses.path(at)), questions.shape().metric());
        }
        return new Found(byWords, byVector, matching);
    }

    private static JsonNode hits(JsonNode response) {
        return Answer.hits(response);
    }

    private Uni<List<VectorMatch>> everyVector(String index, Questions questions) {
        return cluster.ask(
                HttpMethod.POST,
                path(index),
                Cluster.json(questions.byEveryVector()),
                answer -> Hits.byVector(Answer.hits(answer), questions.shape().metric()));
    }
}
