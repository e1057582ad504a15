package dev.tandem.domain.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.domain.search.Ranking.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FusionTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);
    private static final UUID D = new UUID(0, 4);

    /** Keyword search: A 10, B 6, C 2. Vector search: C 0.9, D 0.8, A 0.5. */
    private static final Candidates CANDIDATES = new Candidates(
            List.of(new KeywordMatch(A, 10), new KeywordMatch(B, 6), new KeywordMatch(C, 2)),
            List.of(new VectorMatch(C, 0.9, 0), new VectorMatch(D, 0.8, 3), new VectorMatch(A, 0.5, 1)),
            7);

    @Test
    void relativeAddsScaledScores() {
        List<Ranking> fused = new Fusion.Relative(0.4, 0.6).fuse(CANDIDATES, 100);
        // C: 0.4 * 0 + 0.6 * 1; D: 0.6 * (0.8 - 0.5) / 0.4; A: 0.4 * 1 + 0.6 * 0; B: 0.4 * (6 - 2) / 8
        assertThat(fused).extracting(Ranking::documentId).containsExactly(C, D, A, B);
        assertScores(fused, 0.6, 0.45, 0.4, 0.2);
    }

    @Test
    void standardAddsScoresInDeviations() {
        List<Ranking> fused = new Fusion.Standard(0.4, 0.6).fuse(CANDIDATES, 3);
        double ofWords = deviation(3, 2, 10, 6, 2);
        double ofVectors = deviation(3, 0.5, 0.9, 0.8, 0.5);
        assertThat(fused).extracting(Ranking::documentId).containsExactly(C, D, A, B);
        assertScores(fused, 0.6 * 0.4 / ofVectors, 0.6 * 0.3 / ofVectors, 0.4 * 8 / ofWords, 0.4 * 4 / ofWords);
    }

    /** With more chunks, the best one is near to anything more often. */
    @Test
    void theBestOfManyChunksIsWorthLess() {
        Candidates alike = new Candidates(
                List.of(), List.of(match(A, 0.9, 1), match(B, 0.8, 40), match(C, 0.8, 3), match(D, 0.4, 1)), 0);
        double deviation = deviation(4, 0.4, 0.9, 0.8, 0.8, 0.4);
        // The mean of the largest of n logistic values: the harmonic number of n - 1, over the deviation of one.
        double ofThree = 0.5 * (1 + 1 / 2.0) * Math.sqrt(3) / Math.PI;
        double ofForty =
                0.5 * IntStream.rangeClosed(1, 39).mapToDouble(i -> 1.0 / i).sum() * Math.sqrt(3) / Math.PI;
        List<Ranking> fused = new Fusion.Standard(0.5, 0.5).fuse(alike, 4);
        assertThat(fused).extracting(Ranking::documentId).containsExactly(A, C, B, D);
        assertThat(fused.get(0).score()).isCloseTo(0.5 * 0.5 / deviation, within(1e-6));
        assertThat(fused.get(1).score()).isCloseTo(0.5 * (0.4 / deviation - ofThree), within(1e-3));
        assertThat(fused.get(2).score()).isCloseTo(0.5 * (0.4 / deviation - ofForty), within(1e-3));
        for (Fusion other : List.of(new Fusion.Relative(0.5, 0.5), new Fusion.ReciprocalRank(0.5, 0.5, 60))) {
            assertThat(other.fuse(alike, 4)).extracting(Ranking::documentId).containsExactly(A, B, C, D);
        }
    }

    /** A document that the vectors found is never worth less than one that they did not find. */
    @Test
    void manyChunksTakeNoMoreThanThePlaceIsWorth() {
        Candidates ofLongOnes = new Candidates(
                List.of(new KeywordMatch(D, 3), new KeywordMatch(C, 1)),
                List.of(match(A, 0.9, 1), match(B, 0.41, 1000), match(C, 0.405, 1000), match(D, 0.4, 1000)),
                0);
        List<Ranking> fused = new Fusion.Standard(0.5, 0.5).fuse(ofLongOnes, 4);
        assertThat(fused).extracting(Ranking::documentId).containsExactly(D, A, C, B);
        assertThat(fused).allSatisfy(ranking -> {
            Place place = ranking.vectorPlace();
            assertThat(place).isNotNull();
            assertThat(place.contribution()).isNotNegative();
        });
        assertThat(fused.getLast().score()).isPositive();
    }

    private static VectorMatch match(UUID id, double similarity, int chunks) {
        return new VectorMatch(id, similarity, 0, chunks);
    }

    @Test
    void aShortListOfWordsHasAllThatHaveThem() {
        // All other documents have a score of 0, so the last one found is above the floor.
        List<Ranking> fused = new Fusion.Standard(1, 0).fuse(CANDIDATES, 100);
        double deviation = deviation(100, 0, 10, 6, 2);
        assertScores(fused, 10 / deviation, 6 / deviation, 2 / deviation, 0);
    }

    @Test
    void whatOnlyOneDocumentHasStandsOut() {
        List<VectorMatch> near = IntStream.range(0, 100)
                .mapToObj(i -> new VectorMatch(new UUID(1, i), 0.8 - 0.005 * i, 0))
                .toList();
        Candidates candidates = new Candidates(List.of(new KeywordMatch(A, 0.3)), near, 0);
        assertThat(new Fusion.Standard(0.5, 0.5)
                        .fuse(candidates, 100)
                        .getFirst()
                        .documentId())
                .isEqualTo(A);
    }

    /** Who asked for more hits got other first ones. */
    @Test
    void theFirstHitsAreTheSameHoweverLongTheListsAre() {
        Random random = new Random(7);
        for (Fusion fusion : List.of(
                new Fusion.Standard(0.5, 0.5),
                new Fusion.Relative(0.4, 0.6),
                new Fusion.ReciprocalRank(0.5, 0.5, 60))) {
            Candidates longest = lists(random, 400);
            List<Ranking> fewest = fusion.fuse(first(longest, 100), 100);
            for (int length : new int[] {101, 150, 400}) {
                List<Ranking> more = fusion.fuse(first(longest, length), 100);
                for (int i = 0; i < 100; i++) {
                    assertThat(more.get(i).documentId()).isEqualTo(fewest.get(i).documentId());
                    assertThat(more.get(i).score()).isCloseTo(fewest.get(i).score(), within(1e-9));
                }
            }
        }
    }

    @Test
    void placesThatDoNotCountOnlyOrderWhatHasNothingElse() {
        Candidates lists = new Candidates(
                List.of(new KeywordMatch(B, 9), new KeywordMatch(A, 5), new KeywordMatch(C, 4)),
                List.of(new VectorMatch(B, 0.9, 0), new VectorMatch(D, 0.5, 0), new VectorMatch(C, 0.4, 0)),
                0);
        for (Fusion fusion : List.of(new Fusion.Standard(0.5, 0.5), new Fusion.Relative(0.5, 0.5))) {
            assertThat(fusion.fuse(lists, 2)).extracting(Ranking::documentId).containsExactly(B, C, A, D);
        }
        assertThat(new Fusion.ReciprocalRank(0.5, 0.5, 60).fuse(lists, 2))
                .extracting(Ranking::documentId)
                .containsExactly(B, A, D, C);
    }

    private static Candidates lists(Random random, int length) {
        List<KeywordMatch> words = new ArrayList<>();
        List<VectorMatch> vectors = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            words.add(new KeywordMatch(new UUID(0, i), random.nextDouble()));
            vectors.add(new VectorMatch(new UUID(0, i), random.nextDouble(), 0, random.nextInt(1, 50)));
        }
        words.sort(Comparator.comparingDouble(KeywordMatch::score).reversed());
        vectors.sort(Comparator.comparingDouble(VectorMatch::similarity).reversed());
        return new Candidates(words, vectors, 0);
    }

    private static Candidates first(Candidates lists, int length) {
        return new Candidates(
                lists.byWords().subList(0, length), lists.byVector().subList(0, length), 0);
    }

    @Test
    void evenScoresAreWorthOneDeviation() {
        double third = 1 / 3.0;
        Candidates even =
                new Candidates(List.of(), List.of(new VectorMatch(A, third, 0), new VectorMatch(B, third, 0)), 0);
        assertScores(new Fusion.Standard(0.5, 0.5).fuse(even, 100), 0.5, 0.5);
    }

    /** Of the list with the floor in its free places, by the textbook. */
    private static double deviation(int places, double floor, double... scores) {
        double[] all = new double[places];
        Arrays.fill(all, floor);
        System.arraycopy(scores, 0, all, 0, scores.length);
        double mean = Arrays.stream(all).sum() / places;
        return Math.sqrt(
                Arrays.stream(all).map(score -> Math.pow(score - mean, 2)).sum() / places);
    }

    @Test
    void reciprocalRankAddsRanks() {
        List<Ranking> fused = new Fusion.ReciprocalRank(1, 1, 60).fuse(CANDIDATES, 100);
        // A: 1/61 + 1/63; C: 1/63 + 1/61; B and D: 1/62. Equal scores stand by id.
        assertThat(fused).extracting(Ranking::documentId).containsExactly(A, C, B, D);
        assertScores(fused, 0.032266, 0.032266, 0.016129, 0.016129);
        assertScores(new Fusion.ReciprocalRank(0, 2, 1).fuse(CANDIDATES, 100), 1, 2 / 3.0, 0.5, 0);
    }

    @Test
    void tellsWhyEachStandsWhereItStands() {
        Ranking both = new Fusion.Relative(0.5, 0.5)
                .fuse(CANDIDATES, 3).stream()
                        .filter(ranking -> ranking.documentId().equals(A))
                        .findFirst()
                        .orElseThrow();
        assertThat(both.keyword()).isEqualTo(new KeywordMatch(A, 10));
        assertThat(both.keywordPlace()).isEqualTo(new Place(1, 0.5));
        assertThat(both.vector()).isEqualTo(new VectorMatch(A, 0.5, 1));
        assertThat(both.vectorPlace()).isEqualTo(new Place(3, 0));
    }

    @Test
    void aListOfOneScoreIsWorthItsWholeWeight() {
        Candidates even = new Candidates(List.of(new KeywordMatch(A, 3), new KeywordMatch(B, 3)), List.of(), 0);
        assertScores(new Fusion.Relative(0.5, 0.5).fuse(even, 100), 0.5, 0.5);
    }

    @Test
    void nothingFusesToNothing() {
        assertThat(new Fusion.Relative(0.5, 0.5).fuse(new Candidates(List.of(), List.of(), 0), 100))
                .isEmpty();
    }

    @Test
    void oneListAloneKeepsItsScores() {
        assertScores(Fusion.byWords(CANDIDATES), 10, 6, 2);
        assertScores(Fusion.byVector(CANDIDATES), 0.9, 0.8, 0.5);
        assertThat(Fusion.byVector(CANDIDATES))
                .extracting(ranking -> ranking.vectorPlace().rank())
                .containsExactly(1, 2, 3);
        assertThat(Fusion.byWords(CANDIDATES)).extracting(Ranking::vector).containsOnlyNulls();
    }

    @Test
    void aThresholdAppliesToTheSimilarityAlone() {
        Candidates close = CANDIDATES.withSimilarityOf(0.8);
        assertThat(close.byVector()).extracting(VectorMatch::documentId).containsExactly(C, D);
        assertThat(close.byWords()).isEqualTo(CANDIDATES.byWords());
        assertThat(close.sequence()).isEqualTo(7);
        assertThat(CANDIDATES.documents()).isEqualTo(4);
    }

    private static void assertScores(List<Ranking> rankings, double... scores) {
        assertThat(rankings).hasSize(scores.length);
        for (int i = 0; i < scores.length; i++) {
            assertThat(rankings.get(i).score()).isCloseTo(scores[i], within(1e-6));
        }
    }
}
