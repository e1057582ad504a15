package dev.tandem.domain.search.variety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.search.variety.MarginalRelevance.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarginalRelevanceTest {

    private static final double[] EQUAL = {2, 2, 2};

    @Test
    void aCopyOfABetterHitGivesWay() {
        double[] scores = {1.0, 0.75, 0.5};
        List<@Nullable Vector> vectors = List.of(Vector.of(1, 0), Vector.of(1, 0), Vector.of(0, 1));
        assertThat(order(scores, vectors, Metric.COSINE, 0.5))
                .containsExactly(new Place(0, 1, 0), new Place(2, 0, 0), new Place(1, 0.5, 1));
        assertThat(hits(scores, vectors, Metric.COSINE, 1)).containsExactly(0, 1, 2);
    }

    @Test
    void withoutVectorsAndAmongEqualsTheOrderStays() {
        assertThat(hits(EQUAL, Arrays.asList(null, null, null), Metric.COSINE, 0.3))
                .containsExactly(0, 1, 2);
        List<@Nullable Vector> zeros = Collections.nCopies(3, Vector.of(0, 0));
        assertThat(hits(EQUAL, zeros, Metric.DOT, 0)).containsExactly(0, 1, 2);
        assertThat(order(new double[0], List.of(), Metric.DOT, 0)).isEmpty();
    }

    /** What is opposite is not better than what has nothing in common. */
    @Test
    void similaritiesAreFromZeroToOne() {
        List<@Nullable Vector> vectors = List.of(Vector.of(1e9f, 0), Vector.of(-1e9f, 0), Vector.of(0, 1e9f));
        for (Metric metric : Metric.values()) {
            assertThat(order(EQUAL, vectors, metric, 0))
                    .allSatisfy(place -> assertThat(place.similarity()).isBetween(0.0, 1.0));
        }
        assertThat(hits(EQUAL, vectors, Metric.COSINE, 0)).containsExactly(0, 1, 2);
    }

    @Test
    void relevancesAreScaled() {
        List<Place> order = order(new double[] {12, 6, 2}, Arrays.asList(null, null, null), Metric.COSINE, 1);
        assertThat(order.get(1).relevance()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void workCanBeEnded() {
        int[] checks = {0};
        new MarginalRelevance(EQUAL, Arrays.asList(null, null, null), Metric.COSINE, 0.5).order(() -> checks[0]++);
        assertThat(checks[0]).isEqualTo(3);
    }

    @Test
    void theOrderIsThatOfTheDefinition() {
        Random random = new Random(98);
        for (int round = 0; round < 300; round++) {
            Metric metric = Metric.values()[round % 3];
            double lambda = random.nextInt(5) / 4.0;
            double[] scores = new double[random.nextInt(30)];
            List<@Nullable Vector> vectors = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                scores[i] = i == 0 ? 100 : scores[i - 1] - random.nextInt(20);
                vectors.add(
                        random.nextInt(10) == 0
                                ? null
                                : Vector.of(random.nextInt(5) - 1, random.nextInt(5) - 1, random.nextInt(3)));
            }
            assertThat(hits(scores, vectors, metric, lambda))
                    .as("%s, lambda %s, round %d", metric, lambda, round)
                    .isEqualTo(defined(scores, vectors, metric, lambda));
        }
    }

    /** Everything is calculated anew for each place. */
    private static List<Integer> defined(
            double[] scores, List<@Nullable Vector> vectors, Metric metric, double lambda) {
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < scores.length) {
            int next = -1;
            double most = 0;
            for (int hit = 0; hit < scores.length; hit++) {
                double span = scores[0] - scores[scores.length - 1];
                double relevance = span == 0 ? 1 : (scores[hit] - scores[scores.length - 1]) / span;
                double nearest = 0;
                for (int other : chosen) {
                    nearest = Math.max(nearest, alike(vectors.get(hit), vectors.get(other), metric));
                }
                double worth = lambda * relevance - (1 - lambda) * nearest;
                if (!chosen.contains(hit) && (next < 0 || worth > most)) {
                    next = hit;
                    most = worth;
                }
            }
            chosen.add(next);
        }
        return chosen;
    }

    private static double alike(@Nullable Vector a, @Nullable Vector b, Metric metric) {
        if (a == null || b == null) {
            return 0;
        }
        if (metric == Metric.EUCLIDEAN) {
            return 1 / (1 + a.squaredDistance(b));
        }
        double lengths = a.length() * b.length();
        return lengths == 0 ? 0 : Math.min(1, Math.max(0, a.dot(b) / lengths));
    }

    private static List<Place> order(double[] scores, List<@Nullable Vector> vectors, Metric metric, double lambda) {
        return new MarginalRelevance(scores, vectors, metric, lambda).order(() -> {});
    }

    private static List<Integer> hits(double[] scores, List<@Nullable Vector> vectors, Metric metric, double lambda) {
        return order(scores, vectors, metric, lambda).stream().map(Place::hit).toList();
    }
}
