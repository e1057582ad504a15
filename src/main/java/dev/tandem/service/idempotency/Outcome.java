package dev.tandem.service.idempotency;

import dev.tandem.domain.idempotency.Answer;

/** The result of a request that is executed once. */
public sealed interface Outcome<T> {

    /** The request has been executed now. */
    record Done<T>(T result) implements Outcome<T> {}

    /** The request had been executed before; this is its answer. */
    record Replayed<T>(Answer answer) implements Outcome<T> {}
}
