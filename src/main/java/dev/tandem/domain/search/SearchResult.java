package dev.tandem.domain.search;

import java.util.List;

/**
 * The answer to a question.
 *
 * @param query the question: it says what of a hit is shown
 * @param sequence everything that the transactions up to this one did has been considered
 * @param warnings what the reader should know, such as why there are fewer hits than asked for
 */
public record SearchResult(SearchQuery query, List<SearchHit> hits, long sequence, List<String> warnings) {}
