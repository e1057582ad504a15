package dev.tandem.domain.search;

import dev.tandem.domain.search.Ranking.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How the results of the keyword search and of the vector search become one list. A document that is missing from a list gets nothing from
 * it.
 */
public sealed interface Fusion {

    /** What a place in a list is worth. Scores are those of the list, best first; ranks count from 1. */
    double worth(double score, int rank, double best, double worst);

    double keywordWeight();

    double vectorWeight();

    /**
     * The weighted sum of the scores, each list's scaled so that its best is 1 and its last 0. It keeps the distances between scores, which
     * ranks ignore.
     */
    record Relative(double keywordWeight, double vectorWeight) implements Fusion {
        @Override
        public double worth(double score, int rank, double best, double worst) {
            return best == worst ? 1 : (score - worst) / (best - worst);
        }
    }

    /**
     * The weighted sum of {@code 1 / (k + rank)}.
     *
     * @param k at least 1; the larger it is, the less the first places stand out
     * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke, Buettcher: Reciprocal Rank Fusion (SIGIR 2009)</a>
     */
    record ReciprocalRank(double keywordWeight, double vectorWeight, int k) implements Fusion {
        @Override
        public double worth(double score, int rank, double best, double worst) {
            return 1.0 / (k + rank);
        }
    }

    /** Every document of either list, best first. */
    default List<Ranking> fuse(Candidates candidates) {
        Map<UUID, Ranking> rankings = new LinkedHashMap<>();
        List<KeywordMatch> words = candidates.byWords();
        for (int i = 0; i < words.size(); i++) {
            KeywordMatch match = words.get(i);
            double worth = worth(
                    match.score(),
                    i + 1,
                    words.getFirst().score(),
                    words.getLast().score());
            double part = keywordWeight() * worth;
            rankings.put(match.documentId(), ofWords(match, part, new Place(i + 1, part)));
        }
        List<VectorMatch> vectors = candidates.byVector();
        for (int i = 0; i < vectors.size(); i++) {
            VectorMatch match = vectors.get(i);
            double worth = worth(
                    match.similarity(),
                    i + 1,
                    vectors.getFirst().similarity(),
                    vectors.getLast().similarity());
            double part = vectorWeight() * worth;
            Place place = new Place(i + 1, part);
            rankings.compute(
                    match.documentId(),
                    (id, byWords) -> byWords == null ? ofVector(match, part, place) : joined(byWords, match, place));
        }
        List<Ranking> sorted = new ArrayList<>(rankings.values());
        sorted.sort(Ranking.BEST_FIRST);
        return sorted;
    }

    /** The ranking of the keyword search alone, with its own scores. */
    static List<Ranking> byWords(Candidates candidates) {
        List<Ranking> rankings = new ArrayList<>();
        for (KeywordMatch match : candidates.byWords()) {
            rankings.add(ofWords(match, match.score(), new Place(rankings.size() + 1, match.score())));
        }
        return rankings;
    }

    /** The ranking of the vector search alone, with its own similarities. */
    static List<Ranking> byVector(Candidates candidates) {
        List<Ranking> rankings = new ArrayList<>();
        for (VectorMatch match : candidates.byVector()) {
            rankings.add(ofVector(match, match.similarity(), new Place(rankings.size() + 1, match.similarity())));
        }
        return rankings;
    }

    private static Ranking ofWords(KeywordMatch match, double score, Place place) {
        return new Ranking(match.documentId(), score, match, place, null, null);
    }

    private static Ranking ofVector(VectorMatch match, double score, Place place) {
        return new Ranking(match.documentId(), score, null, null, match, place);
    }

    private static Ranking joined(Ranking byWords, VectorMatch match, Place place) {
        return new Ranking(
                match.documentId(),
                byWords.score() + place.contribution(),
                byWords.keyword(),
                byWords.keywordPlace(),
                match,
                place);
    }
}
