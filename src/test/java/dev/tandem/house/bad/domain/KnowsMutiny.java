package dev.tandem.house.bad.domain;

import io.smallrye.mutiny.Uni;

/** A domain that knows how it is run. */
public final class KnowsMutiny {

    public Uni<String> later() {
        return Uni.createFrom().item("later");
    }
}
