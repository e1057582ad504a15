package dev.tandem.house.bad.sync;

import io.smallrye.mutiny.Uni;

/** Keeps an event loop from turning. */
public final class AwaitsAUni {

    public String name(Uni<String> name) {
        return name.await().indefinitely();
    }
}
