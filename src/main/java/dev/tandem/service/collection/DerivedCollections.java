package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Derivation;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.collection.CollectionDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.RowsChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/** The collections whose documents are the records of models. Each is made when it is first needed, and belongs to nobody's quota. */
@Singleton
public class DerivedCollections {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final CollectionJudge judge;
    private final Event<RowsChanged> rowsChanged;

    DerivedCollections(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            CollectionJudge judge,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.judge = judge;
        this.rowsChanged = rowsChanged;
    }

    /**
     * The collection, which is made if it is not there. Several requests and replicas may do so at once: one of them makes it. Fails with
     * {@link Refusal.Conflict} if there is another collection of this name.
     */
    public Uni<Collection> made(Derivation derivation) {
        return found(derivation)
                .onFailure(Refusal.NotFound.class)
                .recoverWithUni(() -> make(derivation))
                .invoke(derivation::check);
    }

    private Uni<Collection> found(Derivation derivation) {
        return unitOfWork.read(() -> collections.get(derivation.collection()));
    }

    private Uni<Collection> make(Derivation derivation) {
        return judge.create(CollectionDraft.derived(derivation))
                .map(collection -> collection.derivedFrom(derivation.model()))
                .chain(collection -> unitOfWork.write(
                        () -> collections.add(collection, Principal.ANYBODY).replaceWith(collection)))
                .invoke(collection -> rowsChanged.fire(new RowsChanged(collection.id())))
                // Another one has made it in between.
                .onFailure(Refusal.Conflict.class)
                .recoverWithUni(() -> found(derivation));
    }
}
