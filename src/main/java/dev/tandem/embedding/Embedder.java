package dev.tandem.embedding;

import dev.tandem.domain.embedding.Vector;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * An embedding model: texts in, points of one space out. The same text always gives the same vector, whatever is embedded beside it.
 *
 * <p>None of this blocks, save the {@link #tokenizer()}'s work.
 */
public interface Embedder {

    /** The name by which collections choose this model. */
    String model();

    /** The length of every vector. */
    int dimensions();

    /** How many tokens of a text the model reads, its own special tokens not counted. What is beyond them is ignored. */
    int maxTokens();

    /** How this model divides a text. */
    Tokenizer tokenizer();

    /**
     * The vectors of these passages, in their order, in float32. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} when too
     * much is being embedded already.
     */
    Uni<List<Vector>> embedPassages(List<String> passages);

    /**
     * The vector that is near the passages which answer this query. Never waits behind passages. Fails with
     * {@link dev.tandem.domain.refusal.Refusal.Unavailable} when too many queries are waiting already.
     */
    Uni<Vector> embedQuery(String text);
}
