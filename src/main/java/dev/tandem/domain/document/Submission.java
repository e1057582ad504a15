package dev.tandem.domain.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as a caller hands it in.
 *
 * @param vector the one brought along; null where none was
 * @param passages what the collection's model has made of the text before, elsewhere or earlier; null where it is still to be made
 */
public record Submission(
        Document document,
        @Nullable Vector vector,
        @Nullable List<Chunk> passages) {

    public Submission(Document document, @Nullable Vector vector) {
        this(document, vector, null);
    }
}
