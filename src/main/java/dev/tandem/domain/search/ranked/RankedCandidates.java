package dev.tandem.domain.search.ranked;

import dev.tandem.domain.search.Candidates;
import dev.tandem.domain.search.Ranking;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an index found, and the order that it comes in.
 *
 * @param width how many candidates of each kind the index was asked for
 * @param rankings of all candidates, best first
 * @param first the rankings that stay in front when more candidates are found, because something else than the search has ordered them
 */
public record RankedCandidates(Candidates candidates, int width, List<Ranking> rankings, List<Ranking> first) {

    /** In the order of the search. */
    public RankedCandidates(Candidates candidates, int width, List<Ranking> rankings) {
        this(candidates, width, rankings, List.of());
    }

    /** The same candidates in another order, which stays. */
    public RankedCandidates inOrder(List<Ranking> order) {
        return new RankedCandidates(candidates, width, order, order);
    }

    /** These candidates, behind those of an earlier round whose order stays. */
    public RankedCandidates behind(RankedCandidates earlier) {
        if (earlier.first.isEmpty()) {
            return this;
        }
        Set<UUID> seen = earlier.first.stream().map(Ranking::documentId).collect(Collectors.toSet());
        List<Ranking> order = Stream.concat(
                        earlier.first.stream(),
                        rankings.stream().filter(ranking -> !seen.contains(ranking.documentId())))
                .toList();
        return new RankedCandidates(candidates, width, order, earlier.first);
    }

    /** Whether one of the lists has reached its width, so that there may be more candidates. */
    public boolean mayBeMore() {
        return Math.max(candidates.byWords().size(), candidates.byVector().size()) >= width;
    }
}
