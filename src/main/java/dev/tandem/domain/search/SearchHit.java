package dev.tandem.domain.search;

import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.passage.Passage;
import dev.tandem.domain.search.variety.Grouping;
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

    /** The same hit without what a query does not show of its document. */
    SearchHit shownBy(SearchQuery query) {
        if (query.includes(Include.DOCUMENT)) {
            return this;
        }
        String title = query.includes(Include.TITLE) ? document.title() : null;
        return new SearchHit(ranking, document.withOnly(title, metadata(query)), chunk, highlights, passages, vectors);
    }

    private Metadata metadata(SearchQuery query) {
        if (query.includes(Include.METADATA)) {
            return document.metadata();
        }
        Grouping groups = query.variety().groups();
        return groups == null
                ? Metadata.EMPTY
                : document.metadata().only(groups.field().names().getFirst());
    }

    /** About how many characters all that it has takes in an answer. */
    long characters() {
        return length(document.title())
                + length(document.content())
                + document.metadata().characters()
                + (chunk == null ? 0 : length(chunk.text()))
                + passages.stream().mapToLong(passage -> length(passage.text())).sum()
                + highlights.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(SearchHit::length)
                        .sum()
                + vectors.characters();
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** A chunk's place in the content, in UTF-16 units, and its text. */
    public record BestChunk(int ordinal, int start, int end, String text) {}
}
