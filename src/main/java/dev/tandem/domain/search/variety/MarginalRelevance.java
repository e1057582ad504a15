package dev.tandem.domain.search.variety;

import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders hits by maximal marginal relevance. The next one is always that whose relevance is the greatest when its similarity to the most similar
 * hit before it is subtracted, both from 0 to 1 and weighted. Of equals, the one that came before comes first.
 *
 * @see <a href="https://doi.org/10.1145/290941.291025">Carbonell, Goldstein: The Use of MMR (SIGIR 1998)</a>
 */
public final class MarginalRelevance {

    private final double[] relevances;
    private final List<@Nullable Vector> vectors;
    private final Metric metric;
    private final double lambda;

    /** For each hit, its similarity to the most similar one that has been chosen. */
    private final double[] nearest;

    /**
     * @param scores of the hits, best first
     * @param vectors of the hits; one without a vector is like no other
     */
    public MarginalRelevance(double[] scores, List<@Nullable Vector> vectors, Metric metric, double lambda) {
        this.relevances = relevances(scores);
        this.vectors = vectors;
        this.metric = metric;
        this.lambda = lambda;
        this.nearest = new double[scores.length];
    }

    /**
     * A hit in its new place.
     *
     * @param hit its number in the old order, from 0
     * @param relevance its score, scaled so that the best has 1 and the last 0
     * @param similarity to the most similar hit before it
     */
    public record Place(int hit, double relevance, double similarity) {}

    private static double[] relevances(double[] scores) {
        double most = Arrays.stream(scores).max().orElse(0);
        double least = Arrays.stream(scores).min().orElse(0);
        return Arrays.stream(scores)
                .map(score -> most == least ? 1 : (score - least) / (most - least))
                .toArray();
    }

    /**
     * The hits in their new order. It takes a comparison for each pair of them.
     *
     * @param check is run before each hit, and may throw to end the work
     */
    public List<Place> order(Runnable check) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < relevances.length; i++) {
            left.add(i);
        }
        List<Place> order = new ArrayList<>();
        while (!left.isEmpty()) {
            check.run();
            Integer next = next(left);
            left.remove(next);
            order.add(new Place(next, relevances[next], nearest[next]));
            for (int other : left) {
                nearest[other] = Math.max(nearest[other], similarity(next, other));
            }
        }
        return order;
    }

    private Integer next(List<Integer> left) {
        Integer next = left.getFirst();
        for (Integer candidate : left) {
            if (worth(candidate) > worth(next)) {
                next = candidate;
            }
        }
        return next;
    }

    private double worth(int hit) {
        return lambda * relevances[hit] - (1 - lambda) * nearest[hit];
    }

    /** From 0 to 1. An inner product has no bounds, so where that is the metric, the angle counts as it does for the cosine. */
    private double similarity(int a, int b) {
        Vector first = vectors.get(a);
        Vector second = vectors.get(b);
        if (first == null || second == null) {
            return 0;
        }
        double similarity = (metric == Metric.EUCLIDEAN ? metric : Metric.COSINE).similarity(first, second);
        // A vector of zeros has no direction.
        return Double.isNaN(similarity) ? 0 : Math.clamp(similarity, 0.0, 1.0);
    }
}
