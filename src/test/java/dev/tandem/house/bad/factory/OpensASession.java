package dev.tandem.house.bad.factory;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/** A transaction that nobody sees from outside. */
public final class OpensASession {

    public Uni<String> open() {
        return Panache.withTransaction(() -> Uni.createFrom().item("open"));
    }
}
