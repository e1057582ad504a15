package dev.tandem.house.bad.repository;

import dev.tandem.house.bad.domain.Thing;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Two reads at once in one session. */
public final class JoinsTwoReads {

    public Uni<List<Thing>> both(Uni<Thing> one, Uni<Thing> other) {
        return Uni.combine().all().unis(one, other).with((a, b) -> List.of(a, b));
    }
}
