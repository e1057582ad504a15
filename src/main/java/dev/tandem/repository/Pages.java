package dev.tandem.repository;

import dev.tandem.domain.Page;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.IntFunction;

/** Reads pages of lists. */
final class Pages {

    private Pages() {}

    /** Reads one item more than the page has; it shows whether another page follows. */
    static <T> Uni<Page<T>> read(int limit, IntFunction<Uni<List<T>>> atMost) {
        return atMost.apply(limit + 1).map(found -> Page.of(found, limit));
    }
}
