package dev.tandem.domain.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the list found by words and the list found by meaning become one. A document that is missing from a list gets nothing from it.
 */
public sealed interface Fusion {

    /** Half and half of the normalised scores. */
    Fusion DEFAULT = new Relative(0.5, 0.5);

    /** What a place in a list is worth. Scores are those of the list, best first; ranks count from 1. */
    double worth(double score, int rank, double best, double worst);

    double keywordWeight();

    double vectorWeight();

    /**
     * The weighted sum of the scores, each list's scaled so that its best is 1 and its last 0. Keeps the distances between hits that ranks
     * throw away.
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
     * @param k how little the first places stand out, at least 1
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
            rankings.put(
                    match.documentId(),
                    new Ranking(match.documentId(), keywordWeight() * worth, match, i + 1, null, null));
        }
        List<VectorMatch> vectors = candidates.byVector();
        for (int i = 0; i < vectors.size(); i++) {
            VectorMatch match = vectors.get(i);
            double worth = worth(
                    match.similarity(),
                    i + 1,
                    vectors.getFirst().similarity(),
                    vectors.getLast().similarity());
            double score = vectorWeight() * worth;
            int rank = i + 1;
            rankings.compute(match.documentId(), (id, byWords) -> joined(byWords, match, rank, score));
        }
        return sorted(rankings.values());
    }

    /** The order of one list alone, its scores as they are. */
    static List<Ranking> byWords(Candidates candidates) {
        List<Ranking> rankings = new ArrayList<>();
        for (KeywordMatch match : candidates.byWords()) {
            rankings.add(new Ranking(match.documentId(), match.score(), match, rankings.size() + 1, null, null));
        }
        return rankings;
    }

    /** The order of one list alone, its similarities as they are. */
    static List<Ranking> byVector(Candidates candidates) {
        List<Ranking> rankings = new ArrayList<>();
        for (VectorMatch match : candidates.byVector()) {
            rankings.add(new Ranking(match.documentId(), match.similarity(), null, null, match, rankings.size() + 1));
        }
        return rankings;
    }

    private static Ranking joined(@Nullable Ranking byWords, VectorMatch match, int rank, double score) {
        return byWords == null
                ? new Ranking(match.documentId(), score, null, null, match, rank)
                : new Ranking(
                        match.documentId(),
                        byWords.score() + score,
                        byWords.keyword(),
                        byWords.keywordRank(),
                        match,
                        rank);
    }

    private static List<Ranking> sorted(Iterable<Ranking> rankings) {
        List<Ranking> sorted = new ArrayList<>();
        rankings.forEach(sorted::add);
        sorted.sort(Ranking.BEST_FIRST);
        return sorted;
    }
}
