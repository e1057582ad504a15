package dev.tandem.house.bad.repository;

import dev.tandem.house.bad.domain.Thing;
import io.smallrye.mutiny.Uni;

/** A query for a name. */
public final class FindsByEverything {

    public Uni<Thing> findByNameAndColourOrderByAge(String name, String colour) {
        return Uni.createFrom().item(new Thing(name + colour));
    }
}
