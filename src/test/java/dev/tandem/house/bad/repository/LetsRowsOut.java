package dev.tandem.house.bad.repository;

import dev.tandem.house.bad.database.entity.Row;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A repository that gives away its rows. */
public final class LetsRowsOut {

    public Uni<List<Row>> all() {
        return Uni.createFrom().item(List.of());
    }
}
