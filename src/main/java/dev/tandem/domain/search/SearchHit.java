package dev.tandem.domain.search;

import dev.tandem.domain.document.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that answers the question, read from the rows.
 *
 * @param passage the best one; null where it was not asked for or the document was found by its words alone
 * @param highlights for each field with matching words, extracts with the words between {@code <em>} and {@code </em>}
 */
public record SearchHit(
        Ranking ranking, Document document, @Nullable Passage passage, Map<String, List<String>> highlights) {

    /** A stretch of a document's content, in UTF-16 units. */
    public record Passage(int ordinal, int start, int end, String text) {}
}
