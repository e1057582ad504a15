package dev.tandem.crash;

import org.jspecify.annotations.Nullable;

/**
 * A document as a register.
 *
 * @param version 0 if it is absent
 */
record Register(long version, @Nullable String value) {

    static final Register ABSENT = new Register(0, null);

    boolean exists() {
        return version > 0;
    }
}
