package dev.tandem.embedding;

import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Refusal;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model has embedded some texts of a call, perhaps none, but not all. It can't embed others because of what they are, and it has not come
 * to the rest because it became unavailable.
 */
public final class PartlyEmbedded extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<@Nullable Vector> vectors;
    private final transient Map<Integer, String> refused;
    private final transient Refusal.@Nullable Unavailable unavailable;

    /**
     * @param vectors for each text of the call, in order; null for a text without one
     * @param refused the texts that the model can't embed, by their place in the call, and why
     * @param unavailable why the rest has no vectors; null if there is no rest
     */
    public PartlyEmbedded(
            List<@Nullable Vector> vectors, Map<Integer, String> refused, Refusal.@Nullable Unavailable unavailable) {
        super(
                refused.isEmpty()
                        ? "The model became unavailable."
                        : refused.values().iterator().next(),
                null,
                false,
                false);
        this.vectors = vectors;
        this.refused = Map.copyOf(refused);
        this.unavailable = unavailable;
    }

    public List<@Nullable Vector> vectors() {
        return vectors;
    }

    /** Why the model can't embed one of these texts: the first that it can't. Null if it has refused none of them. */
    public @Nullable String refusal(int from, int to) {
        for (int i = from; i < to; i++) {
            String reason = refused.get(i);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    public Refusal.@Nullable Unavailable unavailable() {
        return unavailable;
    }
}
