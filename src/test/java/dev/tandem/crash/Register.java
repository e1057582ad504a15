package dev.tandem.crash;

import org.jspecify.annotations.Nullable;

/**
 * A document as a register.
 *
 * @param version the last one if it is absent, which the next document goes on from; 0 if there has been none
 * @param value null if it is absent
 */
record Register(long version, @Nullable String value) {

    /** What a client sees of one that is absent. */
    static final Register ABSENT = new Register(0, null);

    /** What a client sees of it. */
    Register seen() {
        return exists() ? this : ABSENT;
    }

    boolean exists() {
        return value != null;
    }
}
