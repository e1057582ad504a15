package dev.tandem.house.bad.domain;

import java.util.UUID;

/** Says something else each time. */
public final class ThrowsDice {

    public UUID id() {
        return UUID.randomUUID();
    }
}
