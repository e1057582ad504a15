package dev.tandem.service;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Work on many rows in portions, each in its own transaction: no statement takes long, and requests are served in between. */
public final class Portions {

    static final int MOST = 100;

    private Portions() {}

    /**
     * Does one portion after the other until one answers that it was the last, but at most {@value #MOST}. The rest waits for the next
     * call, because a large backlog must not crowd out requests.
     *
     * @param portion answers whether there may be more
     */
    public static Uni<Void> each(Supplier<Uni<? extends Boolean>> portion) {
        return Multi.createBy()
                .repeating()
                .uni(portion)
                .whilst(isMore -> isMore)
                .select()
                .first(MOST)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
