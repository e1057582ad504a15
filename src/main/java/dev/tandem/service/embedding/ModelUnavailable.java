package dev.tandem.service.embedding;

import dev.tandem.domain.refusal.Refusal;
import java.io.Serial;

/** A model can't embed anything at the moment. No document caused this. */
final class ModelUnavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Refusal.Unavailable reason;

    ModelUnavailable(Refusal.Unavailable reason) {
        super(reason.detail(), reason, false, false);
        this.reason = reason;
    }

    Refusal.Unavailable reason() {
        return reason;
    }
}
