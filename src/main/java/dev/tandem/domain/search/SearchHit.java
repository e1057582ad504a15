package dev.tandem.domain.search;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.search.passage.Passage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that a search found, read from the rows.
 *
 * @param chunk the best one; null if it was not requested or only the keyword search found the document
 * @param highlights for each field with matching words, extracts with the words between {@code <em>} and {@code </em>}
 * @param passages in the order of the text; none if they were not requested
 * @param vectors {@link StoredVectors#NONE} if they were not requested
 */
public record SearchHit(
        Ranking ranking,
        Document document,
        @Nullable BestChunk chunk,
        Map<String, List<String>> highlights,
        List<Passage> passages,
        StoredVectors vectors) {

    /** The same hit with these passages. */
    public SearchHit with(List<Passage> found) {
        return new SearchHit(ranking, document, chunk, highlights, found, vectors);
    }

    /** A chunk's place in the content, in UTF-16 units, and its text. */
    public record BestChunk(int ordinal, int start, int end, String text) {}
}
