package dev.tandem.embedding.rerank;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a request to {@code /rerank} and its answer look like. Servers are not told how many texts to answer with, because each text needs its
 * score.
 */
public enum RerankProtocol {

    /**
     * The API of Cohere, which Jina, vLLM and others share. A list of {@code {"index", "relevance_score"}} is in {@code results}, or as with Voyage
     * in {@code data}.
     *
     * @see <a href="https://docs.cohere.com/reference/rerank">Cohere, Rerank</a>
     */
    COHERE(200, "relevance_score"),

    /**
     * The API of text-embeddings-inference. The answer is a list of {@code {"index", "score"}}.
     *
     * @see <a href="https://huggingface.github.io/text-embeddings-inference/">Text Embeddings Inference API</a>
     */
    TEI(32, "score");

    private final int batchSize;
    private final String score;

    RerankProtocol(int batchSize, String score) {
        this.batchSize = batchSize;
        this.score = score;
    }

    /** How many texts servers usually take in one request. */
    int batchSize() {
        return batchSize;
    }

    /** The member with the score. */
    String score() {
        return score;
    }

    JsonObject request(String model, String query, List<String> texts) {
        JsonObject request = new JsonObject();
        return switch (this) {
            case COHERE -> request.put("model", model).put("query", query).put("documents", new JsonArray(texts));
            // Texts that are too long for the model are cut, not refused.
            case TEI ->
                request.put("query", query).put("texts", new JsonArray(texts)).put("truncate", true);
        };
    }
}
