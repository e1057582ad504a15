package dev.tandem.embedding;

import dev.tandem.domain.embedding.Chunking;
import dev.tandem.domain.embedding.Vector;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * An embedding model: turns texts into vectors of one space. The same text always gets the same vector, whatever is embedded beside it.
 *
 * <p>No method blocks, but the {@link #tokenizer()} computes on the caller's thread.
 */
public interface Embedder {

    /** The code of the refusal if the model has no room at the moment. If it is a server's, the refusal carries the pause it asked for. */
    String BUSY = "embedding.busy";

    /** The code of the refusal if a server does not accept what it gets because of Tandem's settings. */
    String MISCONFIGURED = "embedding.misconfigured";

    /** The code of the refusal if a server's answers are not usable. */
    String BAD_ANSWER = "embedding.bad_answer";

    /** The name by which collections choose this model. */
    String model();

    /** The length of every vector; 0 as long as it is not known. */
    int dimensions();

    /** How many tokens of a text the model reads, without its own special tokens. It ignores the tokens beyond them. */
    int maxTokens();

    /** How long chunks should be for this model if a collection does not say it, in its tokens. */
    default int chunkTokens() {
        return Math.min(Chunking.USUAL_TOKENS, maxTokens());
    }

    /** Whether it runs in this process, so that no text leaves it. */
    default boolean isLocal() {
        return true;
    }

    /** How this model splits a text. */
    Tokenizer tokenizer();

    /**
     * The vectors of these chunks, in their order, in float32. Fails with {@link dev.tandem.domain.refusal.Refusal.Unavailable} when too
     * much is being embedded already or the model does not answer, and with {@link PartlyEmbedded} if only some chunks have vectors.
     */
    Uni<List<Vector>> embedChunks(List<String> chunks);

    /**
     * The vector of a query; it is near the vectors of the chunks that answer the query. Never waits behind chunks. Fails with {@link
     * dev.tandem.domain.refusal.Refusal.Unavailable} when too many queries are waiting already or the model does not answer.
     */
    Uni<Vector> embedQuery(String text);
}
