package dev.tandem.house.bad.repository;

import dev.tandem.house.bad.domain.Thing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** As many reads at once as there are names, in one session. */
public final class MergesReads {

    public Multi<Thing> all(Multi<String> names) {
        return names.onItem().transformToUniAndMerge(name -> Uni.createFrom().item(new Thing(name)));
    }
}
