package dev.tandem.service.byfilter;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.advice.UsedFields;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.job.Job;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.job.ByFilterDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentPages;
import dev.tandem.service.advice.FieldUses;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Counts the documents that a change by filter is about. */
@Singleton
class MatchCount {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DocumentPages documents;
    private final FieldUses uses;

    MatchCount(UnitOfWork unitOfWork, CollectionRepository collections, DocumentPages documents, FieldUses uses) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.documents = documents;
        this.uses = uses;
    }

    /** For a request, which the collection must allow. Fails with {@link Refusal.TooMany} if they are more than the request allows. */
    Uni<Long> of(String collection, ByFilterDraft draft) {
        Filter filter = draft.toFilter();
        return unitOfWork
                .heavy()
                .read(() ->
                        collections.get(collection).invoke(ByFilterSteps::check).chain(owner -> count(owner, filter)))
                .invoke(matched -> ByFilterSteps.check(draft, matched));
    }

    /** For a job. Empty if counting takes longer than a statement may. */
    Uni<Optional<Long>> of(Job job) {
        Filter filter = ByFilterDraft.of(job.parameters()).toFilter();
        return unitOfWork
                .heavy()
                .read(() -> collections
                        .find(job.collectionId())
                        .chain(owner -> owner == null ? Uni.createFrom().item(0L) : count(owner, filter)))
                .map(Optional::of)
                .onFailure(MatchCount::isTimeout)
                .recoverWithItem(Optional.empty());
    }

    private Uni<Long> count(Collection owner, Filter filter) {
        Filter read = owner.read(filter);
        return uses.counted(owner.id(), UsedFields.of(List.of(read)), documents.count(owner.id(), read));
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof Refusal.Unavailable refusal && refusal.code().equals(Refusal.Unavailable.TIMEOUT);
    }
}
