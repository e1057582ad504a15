package dev.tandem.domain.search.several;

import dev.tandem.domain.search.VectorMatch;
import java.util.List;

/**
 * A vector match that can be compared with those of other spaces.
 *
 * @param score how far its similarity stands above the mean of its own list, in standard deviations
 * @see <a href="https://doi.org/10.1145/502585.502657">Montague, Aslam: Relevance Score Normalization for Metasearch (CIKM 2001)</a>
 */
record Aligned(VectorMatch match, double score) {

    /**
     * The matches of one space. Where all are alike, or there is only one, nothing is known, so they are as good as the mean.
     *
     * @param matches best first
     * @param depth of how many of the first ones mean and deviation are
     */
    static List<Aligned> of(List<VectorMatch> matches, int depth) {
        double[] first = matches.stream()
                .limit(depth)
                .mapToDouble(VectorMatch::similarity)
                .toArray();
        double mean = mean(first);
        double[] squares = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            squares[i] = (first[i] - mean) * (first[i] - mean);
        }
        double deviation = Math.sqrt(mean(squares));
        return matches.stream()
                .map(match -> new Aligned(match, deviation == 0 ? 0 : (match.similarity() - mean) / deviation))
                .toList();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    /** The same match with its score for a similarity. */
    VectorMatch scored() {
        return new VectorMatch(match.documentId(), score, match.ordinal(), match.chunks());
    }
}
