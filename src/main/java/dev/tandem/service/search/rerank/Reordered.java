package dev.tandem.service.search.rerank;

import dev.tandem.domain.search.Ranking;
import java.util.List;

/**
 * The rankings of a search after a reranker.
 *
 * @param rankings those that it has seen, best first, and then the others as they were
 * @param warnings what the client should know
 */
public record Reordered(List<Ranking> rankings, List<String> warnings) {}
