package dev.tandem.service;

import dev.tandem.domain.error.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a line of an import. */
public sealed interface LineResult {

    /** Where it stands, from 1. */
    long line();

    /** It is committed, or there was nothing to change. */
    record Accepted(long line, Written written) implements LineResult {}

    /** Nothing of it has been written. */
    record Refused(long line, @Nullable String key, Refusal refusal) implements LineResult {}
}
