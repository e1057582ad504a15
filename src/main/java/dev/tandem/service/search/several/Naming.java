package dev.tandem.service.search.several;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import io.smallrye.mutiny.Uni;

/** Says which of several collections something is about. */
final class Naming {

    private Naming() {}

    static String of(Collection owner, String sentence) {
        return "Collection '" + owner.name() + "': " + sentence;
    }

    static Violation of(Collection owner, Violation broken) {
        return new Violation(broken.pointer(), broken.code(), of(owner, broken.message()));
    }

    /** The same work; if something that it needs is unavailable or refuses the query, the refusal names the collection. */
    static <T> Uni<T> of(Collection owner, Uni<T> work) {
        return work.onFailure().transform(failure -> switch (failure) {
            case Refusal.Unavailable away ->
                new Refusal.Unavailable(away.code(), of(owner, away.detail()), away.retryAfter());
            case Refusal.Rejected rejected ->
                new Refusal.Rejected(rejected.violations().stream()
                        .map(broken -> of(owner, broken))
                        .toList());
            default -> failure;
        });
    }
}
