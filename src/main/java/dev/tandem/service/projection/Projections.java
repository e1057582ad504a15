package dev.tandem.service.projection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Derivation;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchHit;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.service.RowsChanged;
import dev.tandem.service.collection.DerivedCollections;
import dev.tandem.service.projection.FoundRecords.Found;
import dev.tandem.service.search.SearchService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Keeps the records of models and their documents in step: both are written in one transaction. All that follows a document, such as its
 * vectors, its revisions and the index, follows the record then.
 */
@ApplicationScoped
public class Projections {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final DerivedCollections derived;
    private final ProjectedDocuments documents;
    private final SearchService searches;
    private final Event<RowsChanged> rowsChanged;

    Projections(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            DerivedCollections derived,
            ProjectedDocuments documents,
            SearchService searches,
            Event<RowsChanged> rowsChanged) {
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.derived = derived;
        this.documents = documents;
        this.searches = searches;
        this.rowsChanged = rowsChanged;
    }

    /**
     * One transaction for records and their documents. Fails with {@link Refusal.Conflict} if the collection is another one than that of the
     * records.
     *
     * @param work the steps of the transaction; it runs again if PostgreSQL asks for that
     */
    public <T> Uni<Shown<T>> write(Derivation derivation, Function<Projection, Uni<T>> work) {
        Uni<Shown<T>> attempt = unitOfWork.write(() -> owner(derivation).chain(owner -> {
            Projection projection = new Projection(documents, owner);
            return work.apply(projection).map(record -> new Shown<>(record, owner.id(), projection.sequence()));
        }));
        return attempt.onFailure(Absent.class)
                .recoverWithUni(() -> apart(derived.made(derivation)).chain(() -> attempt))
                .invoke(shown -> {
                    if (shown.sequence() > 0) {
                        rowsChanged.fire(new RowsChanged(shown.collectionId()));
                    }
                });
    }

    private Uni<Collection> owner(Derivation derivation) {
        return collections
                .get(derivation.collection())
                .onFailure(Refusal.NotFound.class)
                .transform(failure -> new Absent())
                .invoke(derivation::check);
    }

    /** The caller may have a step for the end of its write block. The block that makes the collection is another one. */
    private static <T> Uni<T> apart(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
    }

    /**
     * Records that a search of their documents finds, read from their rows. One that has just been deleted is left out. Fails as {@link
     * SearchService#search} does.
     *
     * @param rows reads the records with these ids, in a session
     */
    public <T> Uni<FoundRecords<T>> search(
            Derivation derivation, SearchDraft draft, Function<List<UUID>, Uni<Map<UUID, T>>> rows) {
        return derived.made(derivation)
                .chain(owner -> searches.search(owner.name(), Scope.EVERYTHING, draft))
                .chain(result -> unitOfWork
                        .read(() -> rows.apply(
                                result.hits().stream().map(Projections::id).toList()))
                        .map(records -> found(result, records)));
    }

    private static UUID id(SearchHit hit) {
        return UUID.fromString(hit.document().key());
    }

    private static <T> FoundRecords<T> found(SearchResult result, Map<UUID, T> records) {
        List<Found<T>> items = new ArrayList<>();
        for (SearchHit hit : result.hits()) {
            T record = records.get(id(hit));
            if (record != null) {
                items.add(new Found<>(record, hit));
            }
        }
        return new FoundRecords<>(result.query(), items, result.sequence(), result.warnings());
    }

    /** The collection is not there yet. */
    private static final class Absent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Absent() {
            super("The collection of a model's documents is not there.", null, false, false);
        }
    }
}
