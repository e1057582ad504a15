package dev.tandem.api.idempotency;

import dev.tandem.domain.idempotency.Answer;
import java.io.Serial;

/** Leaves a resource in place of its view: an answer that was given before. An ordinary outcome, without a stack trace. */
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
