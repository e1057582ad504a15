package dev.tandem.service.search;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchHit.Passage;
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
 * @param passages of each document, by its id; empty where nobody asked for them
 * @param waiting how many documents of the collection are still to get vectors, as {@link EmbeddingBacklog} counts them
 */
record SearchPage(Hydrated rows, Map<UUID, List<Chunk>> passages, int waiting) {

    List<Found> found() {
        return rows.found();
    }

    /** The rows as hits. @param highlights of each row, in their order */
    List<SearchHit> hits(List<Map<String, List<String>>> highlights) {
        List<SearchHit> hits = new ArrayList<>();
        for (int i = 0; i < found().size(); i++) {
            Found found = found().get(i);
            hits.add(new SearchHit(found.ranking(), found.document(), passage(found), highlights.get(i)));
        }
        return hits;
    }

    private @Nullable Passage passage(Found found) {
        var match = found.ranking().vector();
        // The offsets of stale passages are those of another text.
        if (match == null || found.document().hasStaleVectors()) {
            return null;
        }
        return passages.getOrDefault(found.document().id(), List.of()).stream()
                .filter(chunk -> chunk.ordinal() == match.ordinal())
                .findFirst()
                .map(chunk -> passage(found.document(), chunk))
                .orElse(null);
    }

    private static Passage passage(Document document, Chunk chunk) {
        String content = document.content() == null ? "" : document.content();
        int end = Math.min(chunk.end(), content.length());
        int start = Math.min(chunk.start(), end);
        return new Passage(chunk.ordinal(), start, end, content.substring(start, end));
    }
}
