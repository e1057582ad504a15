package dev.tandem.domain.search;

import dev.tandem.domain.search.Ranking.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the results of the keyword search and of the vector search become one list. A document that is missing from a list gets nothing from
 * it.
 *
 * <p>Only the first places of each list count. So the first hits are the same, however many of them are asked for. The places behind them order
 * what has nothing else.
 */
public sealed interface Fusion {

    /** What a place is worth, times its rank, to a document that has no place which counts: less than any that does. */
    double BEHIND = 1e-9;

    /** What the places in a list are worth, before its weight; none is worth less than nothing. */
    double[] worths(ListScores scores);

    /** Whether it matters how many chunks a document has. */
    default boolean looksAtChunks() {
        return false;
    }

    double keywordWeight();

    double vectorWeight();

    /**
     * The weighted sum of how far the scores stand above the list's floor, in standard deviations of the list. A score that stands out counts for
     * more than one of many alike, whichever list it is in, so it does not matter that the two have scales and shapes of their own. Places of a
     * short list that nobody took count as its floor: words that only a few documents have stand out.
     *
     * <p>A document is as near as its best chunk, and a long one has more chunks of which one may be near by chance. So what the best of as many is
     * expected to have by chance alone is taken off its similarity.
     *
     * @see <a href="https://doi.org/10.1145/502585.502657">Montague, Aslam: Relevance Score Normalization for Metasearch (CIKM 2001)</a>
     */
    record Standard(double keywordWeight, double vectorWeight) implements Fusion {

        /**
         * How far the similarities of a document's chunks are spread by chance, in deviations of the list. They are spread farther in all collections that
         * were measured, but some of that is what the chunks are about.
         */
        private static final double SPREAD = 0.5;

        /** By which harmonic numbers and logarithms differ. */
        private static final double EULER = 0.5772156649;

        @Override
        public boolean looksAtChunks() {
            return true;
        }

        @Override
        public double[] worths(ListScores scores) {
            double deviation = scores.deviation();
            boolean isEven = scores.best() == scores.floor() || deviation == 0;
            return scores.each((score, chunks) ->
                    isEven ? 1 : Math.max(0, (score - scores.floor()) / deviation - SPREAD * expectedBest(chunks)));
        }

        /** How far the best of so many is above their mean, in deviations, if they have a logistic distribution: a harmonic number by its first terms. */
        private static double expectedBest(int chunks) {
            if (chunks < 2) {
                return 0;
            }
            double others = chunks - 1;
            double harmonic = Math.log(others) + EULER + 1 / (2 * others) - 1 / (12 * others * others);
            return Math.sqrt(3) / Math.PI * harmonic;
        }
    }

    /**
     * The weighted sum of the scores, each list's scaled so that its best is 1 and its last 0. It keeps the distances between scores, which
     * ranks ignore.
     */
    record Relative(double keywordWeight, double vectorWeight) implements Fusion {
        @Override
        public double[] worths(ListScores scores) {
            double best = scores.best();
            double last = scores.last();
            return scores.each((score, chunks) -> best == last ? 1 : (score - last) / (best - last));
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
        public double[] worths(ListScores scores) {
            return IntStream.rangeClosed(1, scores.size())
                    .mapToDouble(rank -> 1.0 / (k + rank))
                    .toArray();
        }
    }

    /**
     * Every document of either list, best first.
     *
     * @param depth how many places of each list count, at least one: a shorter list has all that there are
     */
    default List<Ranking> fuse(Candidates candidates, int depth) {
        Map<UUID, Ranking> rankings = new LinkedHashMap<>();
        List<KeywordMatch> words = candidates.byWords();
        double[] ofWords = worths(ListScores.ofWords(words, depth), words.size());
        for (int i = 0; i < words.size(); i++) {
            KeywordMatch match = words.get(i);
            double part = keywordWeight() * ofWords[i];
            rankings.put(match.documentId(), ofWords(match, part, new Place(i + 1, part)));
        }
        List<VectorMatch> vectors = candidates.byVector();
        double[] ofVectors = worths(ListScores.ofVectors(vectors, depth), vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            VectorMatch match = vectors.get(i);
            double part = vectorWeight() * ofVectors[i];
            Place place = new Place(i + 1, part);
            rankings.compute(
                    match.documentId(),
                    (id, byWords) -> byWords == null ? ofVector(match, part, place) : joined(byWords, match, place));
        }
        List<Ranking> sorted = new ArrayList<>(rankings.values());
        sorted.replaceAll(ranking -> ranking.score() == 0 ? behind(ranking) : ranking);
        sorted.sort(Ranking.BEST_FIRST);
        return sorted;
    }

    /** Of all places: those that do not count are worth nothing. */
    private double[] worths(ListScores scores, int places) {
        return scores.size() == 0 ? new double[0] : Arrays.copyOf(worths(scores), places);
    }

    private Ranking behind(Ranking ranking) {
        Place byWords = behind(ranking.keywordPlace(), keywordWeight());
        Place byVector = behind(ranking.vectorPlace(), vectorWeight());
        double score =
                (byWords == null ? 0 : byWords.contribution()) + (byVector == null ? 0 : byVector.contribution());
        return new Ranking(ranking.documentId(), score, ranking.keyword(), byWords, ranking.vector(), byVector);
    }

    private static @Nullable Place behind(@Nullable Place place, double weight) {
        return place == null ? null : new Place(place.rank(), weight * BEHIND / place.rank());
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
