package dev.tandem.service.search;

import dev.tandem.domain.search.SearchQuery;
import dev.tandem.domain.search.SearchQuery.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sentences that warn a client about the limits of an answer. */
public final class SearchWarnings {

    private SearchWarnings() {}

    /**
     * The warnings of an answer.
     *
     * @param sequence of the index that was searched
     * @param isTroubled whether that index can't be written at the moment
     */
    public static List<String> of(SearchQuery query, SearchPage page, long sequence, boolean isTroubled) {
        List<String> warnings = new ArrayList<>(ofState(page, sequence, isTroubled));
        int hits = page.found().size();
        if (hits < query.limit()) {
            warnings.add(
                    page.looked() > 0
                            ? stopped(query, hits, page.looked())
                            : few(query, hits, page.rows().isCut(), page.waiting() > 0, warnings.isEmpty()));
        }
        return warnings;
    }

    /** What the state of an index means for the hits from it. */
    public static List<String> ofState(SearchPage page, long sequence, boolean isTroubled) {
        List<String> warnings = new ArrayList<>();
        if (sequence == 0) {
            warnings.add("The index is still being built here, so documents that it does not contain yet are missing.");
        }
        if (page.waiting() > 0) {
            warnings.add(waiting(page.waiting()));
        }
        if (isTroubled) {
            warnings.add("The index can't be written at the moment; it shows the state of sequence " + sequence + ".");
        }
        return warnings;
    }

    /**
     * Why there are fewer hits than requested.
     *
     * @param isCut whether more would be too large together
     * @param isWaiting whether documents wait for their vectors
     * @param isComplete whether the index lacks nothing
     */
    public static String few(SearchQuery query, int hits, boolean isCut, boolean isWaiting, boolean isComplete) {
        return only(query, hits) + reason(query, isCut, isWaiting, isComplete);
    }

    private static String stopped(SearchQuery query, int hits, int candidates) {
        return only(query, hits)
                + String.format(
                        Locale.ROOT, "the search has looked at %,d candidates, and goes no further.", candidates);
    }

    /** A budget leaves out some of the hits afterwards. */
    private static String only(SearchQuery query, int hits) {
        boolean hasBudget = query.passages() != null && query.passages().budget() != null;
        return (hasBudget ? "Found only " : "Only ") + hits + " of " + query.limit() + " hits: ";
    }

    private static String reason(SearchQuery query, boolean isCut, boolean isWaiting, boolean isComplete) {
        if (isCut) {
            boolean isOfExtracts = query.needsContents() && !query.includes(Include.DOCUMENT);
            return isOfExtracts
                    ? "more would be too large together, with the contents that chunks, passages and highlights are taken from."
                    : "more would be too large together.";
        }
        if (isWaiting) {
            return "more may match once the waiting documents have their vectors.";
        }
        if (!isComplete) {
            return "the index may lack others.";
        }
        String matching = query.minSimilarity() == null ? "matches" : "matches and is similar enough";
        return query.variety().groups() == null
                ? "no other document " + matching + "."
                : "no other document " + matching + " and has room in its groups.";
    }

    private static String waiting(int documents) {
        if (documents == 1) {
            return "1 document waits for its vectors; it is found only by its earlier text or by keyword search.";
        }
        String many = documents > EmbeddingBacklog.MOST
                ? String.format(Locale.ROOT, "More than %,d", EmbeddingBacklog.MOST)
                : String.valueOf(documents);
        return many
                + " documents wait for their vectors; they are found only by their earlier text or by keyword search.";
    }
}
