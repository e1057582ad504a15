package dev.tandem.service.search;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Span;
import dev.tandem.domain.embedding.StoredVectors;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchHit.BestChunk;
import dev.tandem.domain.search.SearchQuery.Include;
import dev.tandem.domain.search.VectorMatch;
import dev.tandem.repository.SearchRepository.Found;
import dev.tandem.repository.SearchRepository.Hydrated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of hits, and what was read with them.
 *
 * @param rows best first
 * @param passages where the best chunk of each document lies in its content, by the document's id; empty if they were not requested
 * @param chunks of each document, by its id; empty if vectors were not requested
 * @param looked how many candidates the search has looked at, if it has stopped there although hits are missing; otherwise 0
 * @param waiting how many documents of the collection are still to get vectors, as {@link EmbeddingBacklog} counts them
 */
public record SearchPage(
        Hydrated rows, Map<UUID, Span> passages, Map<UUID, List<Chunk>> chunks, int waiting, int looked) {

    SearchPage(Hydrated rows, Map<UUID, Span> passages, Map<UUID, List<Chunk>> chunks, int waiting) {
        this(rows, passages, chunks, waiting, 0);
    }

    /** The same page of a search that has stopped after so many candidates. */
    SearchPage stopped(int candidates) {
        return new SearchPage(rows, passages, chunks, waiting, candidates);
    }

    List<Found> found() {
        return rows.found();
    }

    /**
     * The rows as hits.
     *
     * @param highlights of each row, in their order
     */
    List<SearchHit> hits(SearchPlan plan, List<Map<String, List<String>>> highlights) {
        List<SearchHit> hits = new ArrayList<>();
        for (int i = 0; i < found().size(); i++) {
            Found found = found().get(i);
            hits.add(new SearchHit(
                    found.ranking(),
                    found.document(),
                    chunk(found),
                    highlights.get(i),
                    List.of(),
                    vectors(plan, found.document())));
        }
        return hits;
    }

    private StoredVectors vectors(SearchPlan plan, Document document) {
        return plan.query().includes(Include.VECTOR)
                ? document.vectors(chunks.getOrDefault(document.id(), List.of()), plan.set())
                : StoredVectors.NONE;
    }

    private @Nullable BestChunk chunk(Found found) {
        VectorMatch match = found.ranking().vector();
        Span passage = passages.get(found.document().id());
        if (match == null || passage == null) {
            return null;
        }
        String content =
                found.document().content() == null ? "" : found.document().content();
        int end = Math.min(passage.end(), content.length());
        int start = Math.min(passage.start(), end);
        return new BestChunk(match.ordinal(), start, end, content.substring(start, end));
    }
}
