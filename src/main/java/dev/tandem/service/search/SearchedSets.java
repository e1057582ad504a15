package dev.tandem.service.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.VectorSets.Beside;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchQuery;
import dev.tandem.index.Indexes;
import dev.tandem.index.parts.Engines;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Decides which set of vectors a search uses here. A collection names the set. Right after it has begun to name another one, the index of
 * that set may not have caught up on this replica; then the search uses the former set, whose index has.
 */
@Singleton
class SearchedSets {

    private final Engines engines;

    SearchedSets(Engines engines) {
        this.engines = engines;
    }

    Uni<VectorSet> of(Collection owner, SearchQuery query) {
        Beside beside = owner.settings().vectors().beside();
        boolean fits = !query.hasVector();
        if (beside == null || beside.until() == null || !fits) {
            // A vector that the client sends is one of the model that the collection names.
            return Uni.createFrom().item(owner.searched());
        }
        return shows(owner, Math.max(beside.shownFrom(), query.minSequence()))
                .map(isShown -> isShown ? owner.searched() : beside.set());
    }

    /** Whether the index of the set that the collection names shows the sequence here, in all parts that searches need. */
    private Uni<Boolean> shows(Collection owner, long sequence) {
        Collection indexed = owner.indexed(owner.searched());
        return Multi.createFrom()
                .iterable(engines.present(owner.settings().index()))
                .onItem()
                .transformToUniAndConcatenate(indexes -> shows(indexes, indexed, sequence))
                .collect()
                .asList()
                .map(all -> !all.contains(false));
    }

    private static Uni<Boolean> shows(Indexes indexes, Collection indexed, long sequence) {
        return indexes.of(indexed)
                .position()
                .map(position -> position.isPresent() && position.get().shows(sequence))
                // The index of the former set may still answer.
                .onFailure(Refusal.Unavailable.class)
                .recoverWithItem(false);
    }
}
