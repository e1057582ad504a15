package dev.tandem.service.collection;

import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Derivation;
import dev.tandem.embedding.Embedders;
import dev.tandem.factory.collection.CollectionDraft;
import dev.tandem.factory.collection.CollectionFactory;
import dev.tandem.factory.collection.Offer;
import dev.tandem.index.parts.Engines;
import dev.tandem.service.document.JudgingThreads;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/**
 * Checks what clients want collections to be, against the rules and against what this service offers. It needs no session: a metadata schema
 * takes tens of milliseconds to compile, on a thread that is no event loop.
 */
@Singleton
class CollectionJudge {

    private final CollectionFactory factory;
    private final Embedders embedders;
    private final Engines engines;
    private final JudgingThreads threads;
    private final List<Derivation> derivations;

    CollectionJudge(
            CollectionFactory factory,
            Embedders embedders,
            Engines engines,
            JudgingThreads threads,
            @All List<Derivation> derivations) {
        this.derivations = derivations;
        this.factory = factory;
        this.embedders = embedders;
        this.engines = engines;
        this.threads = threads;
    }

    /**
     * The new collection. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} naming every broken rule, or saying that its engine cannot
     * hold its vectors.
     */
    Uni<Collection> create(CollectionDraft draft) {
        return threads.judgeCollection(() -> factory.create(draft, offer()))
                .call(collection -> engines.requireFitting(
                        collection, collection.settings().index().engine()));
    }

    /** The changed collection. Fails with {@link dev.tandem.domain.refusal.Refusal.Rejected} naming every broken rule. */
    Uni<Collection> change(Collection current, Function<Collection, CollectionDraft> change) {
        return threads.judgeCollection(() -> factory.change(current, change.apply(current), offer()));
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if this service has the model whose records are the documents. */
    void mayGo(Collection collection) {
        String model = collection.settings().derivedFrom();
        if (derivations.stream().anyMatch(derivation -> derivation.model().equals(model))) {
            collection.refuseIfDerived();
        }
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.Conflict} if the name is kept for the records of a model. */
    void mayBeAlias(String name) {
        if (derivations.stream().anyMatch(derivation -> derivation.collection().equals(name))) {
            throw Alias.taken();
        }
    }

    private Offer offer() {
        return new Offer(embedders.models(), engines.names());
    }
}
