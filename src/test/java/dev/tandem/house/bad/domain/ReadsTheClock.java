package dev.tandem.house.bad.domain;

import java.time.Instant;

/** Says something else each time. */
public final class ReadsTheClock {

    public Instant createdAt() {
        return Instant.now();
    }
}
