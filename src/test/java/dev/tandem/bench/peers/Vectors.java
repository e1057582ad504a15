package dev.tandem.bench.peers;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Vectors of length 1, by a fixed seed, about as hard to search as those of texts: they belong to loose topics in a space of few dimensions,
 * which is folded into the one that is asked for, with some noise. Each has a year.
 *
 * @param all by their numbers
 * @param queries vectors of the same kind that are not among them
 */
record Vectors(float[][] all, float[][] queries) {

    /** How many nearest are asked for. */
    static final int LIMIT = 10;

    /** The first of the years that a filter asks for: a third of the vectors has one. */
    static final int FROM = 2010;

    private static final int FIRST_YEAR = 1990;
    private static final int YEARS = 30;
    private static final int SPACE = 48;
    private static final int OF_A_TOPIC = 500;
    private static final int QUERIES = 200;
    private static final double SPREAD = 1.2;
    private static final double NOISE = 0.4;

    static Vectors of(int count, int dimensions, long seed) {
        Random random = new Random(seed);
        float[][] topics = new float[Math.max(1, count / OF_A_TOPIC)][];
        for (int topic = 0; topic < topics.length; topic++) {
            topics[topic] = normal(random, SPACE);
        }
        float[][] fold = new float[dimensions][];
        for (int dimension = 0; dimension < dimensions; dimension++) {
            fold[dimension] = normal(random, SPACE);
        }
        return new Vectors(sample(random, topics, fold, count), sample(random, topics, fold, QUERIES));
    }

    private static float[] normal(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float[][] sample(Random random, float[][] topics, float[][] fold, int count) {
        float[][] sample = new float[count][];
        for (int i = 0; i < count; i++) {
            float[] point = topics[random.nextInt(topics.length)].clone();
            for (int j = 0; j < SPACE; j++) {
                point[j] += (float) (SPREAD * random.nextGaussian());
            }
            sample[i] = folded(random, point, fold);
        }
        return sample;
    }

    private static float[] folded(Random random, float[] point, float[][] fold) {
        double[] folded = new double[fold.length];
        double square = 0;
        for (int i = 0; i < fold.length; i++) {
            folded[i] = dot(point, fold[i]) / Math.sqrt(SPACE) + NOISE * random.nextGaussian();
            square += folded[i] * folded[i];
        }
        float[] vector = new float[fold.length];
        for (int i = 0; i < fold.length; i++) {
            // As many digits as both engines are sent, so that all compare the same numbers.
            vector[i] = Math.round(folded[i] / Math.sqrt(square) * 1e6) / 1e6f;
        }
        return vector;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static int year(int number) {
        return FIRST_YEAR + number % YEARS;
    }

    /** The nearest of each query among so many of the first vectors, by comparing it with each of them. */
    List<Set<Integer>> truth(int count, boolean isFiltered) {
        return IntStream.range(0, queries.length)
                .parallel()
                .mapToObj(query -> nearest(queries[query], count, isFiltered))
                .toList();
    }

    /** Which part of the nearest an engine finds. */
    double recall(Peer.OfVectors peer, boolean isFiltered, List<Set<Integer>> truth)
            throws IOException, InterruptedException {
        int found = 0;
        for (int query = 0; query < queries.length; query++) {
            Set<Integer> hits = new HashSet<>(peer.nearest(queries[query], isFiltered));
            hits.retainAll(truth.get(query));
            found += hits.size();
        }
        return found / (double) (LIMIT * queries.length);
    }

    private Set<Integer> nearest(float[] query, int count, boolean isFiltered) {
        record Near(int number, float similarity) {}
        PriorityQueue<Near> best = new PriorityQueue<>(Comparator.comparing(Near::similarity));
        for (int i = 0; i < count; i++) {
            if (!isFiltered || year(i) >= FROM) {
                float similarity = dot(query, all[i]);
                if (best.size() < LIMIT) {
                    best.add(new Near(i, similarity));
                } else if (similarity > best.element().similarity()) {
                    best.remove();
                    best.add(new Near(i, similarity));
                }
            }
        }
        return best.stream().map(Near::number).collect(Collectors.toSet());
    }
}
