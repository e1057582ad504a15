package dev.tandem.service.search;

import dev.tandem.domain.search.SearchQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the reader of an answer should know, in sentences. */
final class SearchWarnings {

    private SearchWarnings() {}

    /**
     * The warnings of an answer.
     *
     * @param sequence of the index that was searched
     * @param isTroubled whether that index can't be written just now
     */
    static List<String> of(SearchQuery query, SearchPage page, long sequence, boolean isTroubled) {
        List<String> warnings = new ArrayList<>();
        if (sequence == 0) {
            warnings.add("The index is still being built here; what it doesn't have yet is missing.");
        }
        if (page.waiting() > 0) {
            warnings.add(waiting(page.waiting()));
        }
        if (isTroubled) {
            warnings.add("The index can't be written; it shows the state of sequence " + sequence + ".");
        }
        int hits = page.found().size();
        if (hits < query.limit()) {
            String reason = reason(query, page, warnings.isEmpty());
            warnings.add("Only " + hits + " of " + query.limit() + " hits: " + reason);
        }
        return warnings;
    }

    private static String reason(SearchQuery query, SearchPage page, boolean isComplete) {
        if (page.rows().isCut()) {
            return "more would be too large together.";
        }
        if (page.waiting() > 0) {
            return "more may match once the documents that wait have their vectors.";
        }
        if (!isComplete) {
            return "the index may lack others.";
        }
        return query.minSimilarity() == null
                ? "no other document matches."
                : "no other document matches and is alike enough.";
    }

    private static String waiting(int documents) {
        if (documents == 1) {
            return "1 document waits for its vectors; it is found by its earlier text or by words only.";
        }
        String many = documents > EmbeddingBacklog.MOST
                ? String.format(Locale.ROOT, "More than %,d", EmbeddingBacklog.MOST)
                : String.valueOf(documents);
        return many + " documents wait for their vectors; they are found by their earlier text or by words only.";
    }
}
