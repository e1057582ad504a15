package dev.tandem.domain.search.example;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;

/** The mean of vectors of a collection. Where only directions are compared, each counts with a length of 1. */
public final class Centroid {

    private final boolean areDirections;
    private final double[] sum;
    private int count;

    public Centroid(EmbeddingSettings settings) {
        this.areDirections = settings.metric() == Metric.COSINE;
        this.sum = new double[settings.dimensions()];
    }

    public void add(Vector vector) {
        double length = areDirections ? vector.length() : 1;
        float[] components = vector.toArray();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += length == 0 ? 0 : components[i] / length;
        }
        count++;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** There must be one vector at least. */
    public Vector mean() {
        return beyond(0, this);
    }

    /**
     * What is as far from this mean as the other mean is, on the opposite side: twice this mean less the other one. This mean, if the other one is
     * of nothing.
     */
    public Vector awayFrom(Centroid other) {
        return other.isEmpty() ? mean() : beyond(1, other);
    }

    private Vector beyond(int steps, Centroid other) {
        float[] components = new float[sum.length];
        for (int i = 0; i < components.length; i++) {
            double own = sum[i] / count;
            components[i] = (float) (own + steps * (own - other.sum[i] / other.count));
        }
        return Vector.of(components);
    }
}
