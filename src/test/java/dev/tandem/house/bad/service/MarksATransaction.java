package dev.tandem.house.bad.service;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** A transaction by annotation. */
public class MarksATransaction {

    @WithTransaction
    public Uni<String> open() {
        return Uni.createFrom().item("open");
    }
}
