package dev.tandem.service.idempotency;

import dev.tandem.domain.idempotency.Answer;

/** How a request that is done once has come out. */
public sealed interface Outcome<T> {

    /** It has been done now. */
    record Done<T>(T result) implements Outcome<T> {}

    /** It had been done before, and this is what was answered. */
    record Replayed<T>(Answer answer) implements Outcome<T> {}
}
