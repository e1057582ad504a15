package dev.tandem.service.embedding;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.HeldTask;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document that this replica is to embed for a set of vectors, with its collection, whose settings apply. */
record Work(HeldTask held, Collection collection, VectorSet set, Document document) {

    UUID id() {
        return document.id();
    }

    String model() {
        return set.embedding().model();
    }

    /** How many attempts the document has had, including the present one. */
    int attempts() {
        return held.task().attempts() + 1;
    }

    /** Whether an earlier attempt failed or ended with its process. */
    boolean isTried() {
        return held.task().attempts() > 0;
    }

    /** Throws {@link dev.tandem.domain.refusal.Refusal.Unavailable} if the model is not the one that the set was begun with. */
    void requireDimensions(List<Vector> vectors) {
        EmbeddingSettings settings = set.embedding();
        for (Vector vector : vectors) {
            if (vector.dimensions() != settings.dimensions()) {
                throw settings.misfit(vector.dimensions());
            }
        }
    }

    /** Why the set can't take these vectors; null if it can. They must have its dimensions. */
    @Nullable
    String unfit(List<Vector> vectors) {
        Metric metric = set.embedding().metric();
        return vectors.stream().allMatch(metric::takes)
                ? null
                : "The model has made a vector that the metric %s can't compare.".formatted(metric);
    }

    Work untried() {
        return new Work(held.untried(), collection, set, document);
    }
}
