package dev.tandem.domain.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The scores of the places in a list that count, best first. */
public final class ListScores {

    private final double[] scores;
    private final int[] chunks;
    private final double floor;
    private final int depth;

    private ListScores(double[] scores, int[] chunks, double floorOfShort, int depth) {
        this.scores = scores;
        this.chunks = chunks;
        this.floor = scores.length < depth ? floorOfShort : scores[depth - 1];
        this.depth = depth;
    }

    /** @param depth how many places count, at least one */
    static ListScores ofWords(List<KeywordMatch> matches, int depth) {
        double[] scores =
                matches.stream().limit(depth).mapToDouble(KeywordMatch::score).toArray();
        // No document behind the end of a short list has any of the words, which is a score of 0.
        return new ListScores(scores, new int[scores.length], 0, depth);
    }

    /** @param depth as above */
    static ListScores ofVectors(List<VectorMatch> matches, int depth) {
        List<VectorMatch> first = matches.subList(0, Math.min(depth, matches.size()));
        double last = first.isEmpty() ? 0 : first.getLast().similarity();
        return new ListScores(
                first.stream().mapToDouble(VectorMatch::similarity).toArray(),
                first.stream().mapToInt(VectorMatch::chunks).toArray(),
                last,
                depth);
    }

    int size() {
        return scores.length;
    }

    double best() {
        return scores[0];
    }

    double last() {
        return scores[scores.length - 1];
    }

    /** The most that a document which is not in the list can have had. */
    double floor() {
        return floor;
    }

    /** The standard deviation of all places. Those of a short list that nobody took have the floor. */
    double deviation() {
        double[] places = Arrays.copyOf(scores, depth);
        Arrays.fill(places, scores.length, depth, floor);
        double mean = Arrays.stream(places).average().orElse(floor);
        return Math.sqrt(Arrays.stream(places)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElse(0));
    }

    double[] each(Worth worth) {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> worth.of(scores[i], chunks[i]))
                .toArray();
    }

    /** What a place is worth. */
    interface Worth {

        /** @param chunks how many chunks the document has; 0 if that does not matter, or is not known */
        double of(double score, int chunks);
    }
}
