package dev.tandem.service;

import dev.tandem.domain.error.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a line of an import. */
public sealed interface LineResult {

    /** Where it stands, from 1. */
    long line();

    /** It is committed, or there was nothing to change. */
    record Accepted(long line, Written written) implements LineResult {}

    /**
     * Nothing of it has been written.
     *
     * @param key as its sender wrote it, the beginning of one that is too long to be one; null where it can't be made out
     */
    record Refused(long line, @Nullable String key, Refusal refusal) implements LineResult {

        private static final int LONGEST_KEY = 256;

        public Refused {
            if (key != null && key.length() > LONGEST_KEY) {
                boolean splitsPair = Character.isHighSurrogate(key.charAt(LONGEST_KEY - 1));
                key = key.substring(0, splitsPair ? LONGEST_KEY - 1 : LONGEST_KEY);
            }
        }
    }
}
