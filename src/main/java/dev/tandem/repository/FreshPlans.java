package dev.tandem.repository;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/**
 * Before many rows are deleted, lets PostgreSQL forget how this session has found the rows that belong to one. PostgreSQL looks for them one
 * row at a time, with a plan that it keeps, and it may have made the plan when their table was next to empty: then it reads the whole table
 * for each row, until its statistics are next brought up to date.
 */
final class FreshPlans {

    /** A plan takes less time to make than so many rows to delete. */
    private static final int MANY = 100;

    private FreshPlans() {}

    static Uni<Void> toDelete(int rows) {
        return rows < MANY ? Uni.createFrom().voidItem() : toDeleteMany();
    }

    static Uni<Void> toDeleteMany() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("discard plans").executeUpdate())
                .replaceWithVoid();
    }
}
