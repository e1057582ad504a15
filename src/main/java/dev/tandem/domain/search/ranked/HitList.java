package dev.tandem.domain.search.ranked;

import dev.tandem.domain.search.Ranking;
import dev.tandem.domain.search.paging.HitPlace;
import dev.tandem.domain.search.paging.Total;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a search has found in one state of an index, for all of its pages.
 *
 * @param fingerprint of the search
 * @param vectorSet the number of the set whose index was searched
 * @param sequence of the state of the index
 * @param total how many documents match; null if that was not asked for
 * @param isCut whether documents match that the list does not have
 * @param rankings best first
 */
public record HitList(
        UUID id,
        UUID collectionId,
        String fingerprint,
        int vectorSet,
        long sequence,
        @Nullable Total total,
        boolean isCut,
        List<Ranking> rankings) {

    public HitList {
        rankings = List.copyOf(rankings);
    }

    /** Those from a rank on. */
    public List<Ranking> from(int rank) {
        return rankings.subList(Math.min(rank, rankings.size()), rankings.size());
    }

    /** The place behind a document of the list; null if that is the end. */
    public @Nullable HitPlace behind(UUID documentId) {
        for (int i = 0; i < rankings.size() - 1; i++) {
            if (rankings.get(i).documentId().equals(documentId)) {
                return new HitPlace(id, i + 1);
            }
        }
        return null;
    }
}
