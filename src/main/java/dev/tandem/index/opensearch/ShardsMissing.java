package dev.tandem.index.opensearch;

import dev.tandem.domain.refusal.Refusal;
import java.io.Serial;

/** No shard of the index answers: nodes are away, or the index is just being deleted, which only another question tells. */
final class ShardsMissing extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal.Unavailable refusal;

    ShardsMissing(Refusal.Unavailable refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** What it is if the index exists. */
    Refusal.Unavailable refusal() {
        return refusal;
    }
}
