package dev.tandem.factory.rules;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Violations;
import org.jspecify.annotations.Nullable;

/** The rules for a vector that a client sends to a collection. */
public final class VectorRules {

    private VectorRules() {}

    /**
     * The vector; null if there is none or if it is invalid ({@code vector.dimensions}, {@code vector.not_finite}, {@code vector.zero},
     * {@code vector.too_long}).
     */
    public static @Nullable Vector check(
            float @Nullable [] components, EmbeddingSettings settings, String pointer, Violations violations) {
        if (components == null) {
            return null;
        }
        if (components.length != settings.dimensions()) {
            violations.add(
                    pointer,
                    "vector.dimensions",
                    "A vector of this collection has " + settings.dimensions() + " numbers; this one has "
                            + components.length + ".");
            return null;
        }
        if (!checkNumbers(components, pointer, violations)) {
            return null;
        }
        Vector vector = Vector.of(components);
        if (settings.metric().takes(vector)) {
            return vector;
        }
        if (settings.metric() == Metric.COSINE) {
            violations.add(pointer, "vector.zero", "A vector of zeros has no direction, so it cannot be compared.");
        } else {
            violations.add(
                    pointer,
                    "vector.too_long",
                    "The Euclidean norm of a vector must not be above 1e18. Single precision can't compare longer vectors.");
        }
        return null;
    }

    /** Whether all numbers are allowed in a vector; adds {@code vector.not_finite} if one is not. */
    public static boolean checkNumbers(float @Nullable [] components, String pointer, Violations violations) {
        for (int i = 0; components != null && i < components.length; i++) {
            if (!Float.isFinite(components[i])) {
                violations.add(
                        pointer + "/" + i,
                        "vector.not_finite",
                        "A vector consists of finite numbers in single precision.");
                return false;
            }
        }
        return true;
    }
}
