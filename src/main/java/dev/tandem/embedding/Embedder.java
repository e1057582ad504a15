package dev.tandem.embedding;

import dev.tandem.domain.embedding.Vector;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * An embedding model: turns texts into vectors of one space. The same text always gets the same vector, whatever is embedded beside it.
 *
 * <p>No method blocks, but the {@link #tokenizer()} computes on the caller's thread.
 */
public interface Embedder {

    /** The name by which collections choose this model. */
    String model();

    /** The length of every vector. */
    int dimensions();

    /** How many tokens of a text the model reads, without its own special tokens. It ignores the tokens beyond them. */
    int maxTokens();

    /** How this model splits a text. */
    Tokenizer tokenizer();

    /**
     * The vectors of these chunks, in their order, in float32. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} when too
     * much is being embedded already.
     */
    Uni<List<Vector>> embedChunks(List<String> chunks);

    /**
     * The vector of a query; it is near the vectors of the chunks that answer the query. Never waits behind chunks. Fails with {@link
     * dev.tandem.domain.refusal.Refusal.Unavailable} when too many queries are waiting already.
     */
    Uni<Vector> embedQuery(String text);
}
