package dev.tandem.api.idempotency;

import dev.tandem.domain.idempotency.Answer;
import java.io.Serial;

/** Carries a stored answer out of a resource, in place of its view. An ordinary outcome without a stack trace. */
final class Replay extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Replay(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
