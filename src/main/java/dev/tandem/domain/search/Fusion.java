package dev.tandem.domain.search;

import dev.tandem.domain.search.Ranking.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * How the results of the keyword search and of the vector search become one list. A document that is missing from a list gets nothing from
 * it.
 */
public sealed interface Fusion {

    /** So many places of a list say how its scores are spread. */
    int DEPTH = 100;

    /**
     * What the places in a list are worth, before its weight.
     *
     * @param scores of the list, best first, at least one
     * @param floor the most that a document which is not in the list can have had
     */
    double[] worths(double[] scores, double floor);

    double keywordWeight();

    double vectorWeight();

    /**
     * The weighted sum of how far the scores stand above the list's floor, in standard deviations of the list. A score that stands out counts for
     * more than one of many alike, whichever list it is in, so it does not matter that the two have scales and shapes of their own. Places of a
     * short list that nobody took count as its floor: words that only a few documents have stand out.
     *
     * @see <a href="https://doi.org/10.1145/502585.502657">Montague, Aslam: Relevance Score Normalization for Metasearch (CIKM 2001)</a>
     */
    record Standard(double keywordWeight, double vectorWeight) implements Fusion {
        @Override
        public double[] worths(double[] scores, double floor) {
            double deviation = deviation(scores, floor);
            boolean isEven = scores[0] == floor || deviation == 0;
            return Arrays.stream(scores)
                    .map(score -> isEven ? 1 : (score - floor) / deviation)
                    .toArray();
        }

        private static double deviation(double[] scores, double floor) {
            double[] first = Arrays.copyOf(scores, DEPTH);
            if (scores.length < DEPTH) {
                Arrays.fill(first, scores.length, DEPTH, floor);
            }
            double mean = Arrays.stream(first).average().orElse(floor);
            return Math.sqrt(Arrays.stream(first)
                    .map(score -> (score - mean) * (score - mean))
                    .average()
                    .orElse(0));
        }
    }

    /**
     * The weighted sum of the scores, each list's scaled so that its best is 1 and its last 0. It keeps the distances between scores, which
     * ranks ignore.
     */
    record Relative(double keywordWeight, double vectorWeight) implements Fusion {
        @Override
        public double[] worths(double[] scores, double floor) {
            double best = scores[0];
            double last = scores[scores.length - 1];
            return Arrays.stream(scores)
                    .map(score -> best == last ? 1 : (score - last) / (best - last))
                    .toArray();
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
        public double[] worths(double[] scores, double floor) {
            return IntStream.rangeClosed(1, scores.length)
                    .mapToDouble(rank -> 1.0 / (k + rank))
                    .toArray();
        }
    }

    /**
     * Every document of either list, best first.
     *
     * @param width how many candidates each list may have: a shorter one has all that there are
     */
    default List<Ranking> fuse(Candidates candidates, int width) {
        Map<UUID, Ranking> rankings = new LinkedHashMap<>();
        List<KeywordMatch> words = candidates.byWords();
        double[] ofWords = worthsOfWords(words, width);
        for (int i = 0; i < words.size(); i++) {
            KeywordMatch match = words.get(i);
            double part = keywordWeight() * ofWords[i];
            rankings.put(match.documentId(), ofWords(match, part, new Place(i + 1, part)));
        }
        List<VectorMatch> vectors = candidates.byVector();
        double[] ofVectors = worthsOfVectors(vectors);
        for (int i = 0; i < vectors.size(); i++) {
            VectorMatch match = vectors.get(i);
            double part = vectorWeight() * ofVectors[i];
            Place place = new Place(i + 1, part);
            rankings.compute(
                    match.documentId(),
                    (id, byWords) -> byWords == null ? ofVector(match, part, place) : joined(byWords, match, place));
        }
        List<Ranking> sorted = new ArrayList<>(rankings.values());
        sorted.sort(Ranking.BEST_FIRST);
        return sorted;
    }

    private double[] worthsOfWords(List<KeywordMatch> words, int width) {
        double[] scores = words.stream().mapToDouble(KeywordMatch::score).toArray();
        if (scores.length == 0) {
            return scores;
        }
        // Where the list ends before its width, no other document has any of the words, which is a score of 0.
        return worths(scores, scores.length < width ? 0 : scores[scores.length - 1]);
    }

    private double[] worthsOfVectors(List<VectorMatch> vectors) {
        double[] scores = vectors.stream().mapToDouble(VectorMatch::similarity).toArray();
        return scores.length == 0 ? scores : worths(scores, scores[scores.length - 1]);
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
