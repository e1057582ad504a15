package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.MetadataIndexRepository;
import dev.tandem.service.advice.FieldUses;
import dev.tandem.service.index.IndexState;
import dev.tandem.service.index.IndexingService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Measures collections. */
@ApplicationScoped
public class StatsService {

    private final UnitOfWork unitOfWork;
    private final CollectionRepository collections;
    private final MetadataIndexRepository indexes;
    private final IndexingService indexing;
    private final FieldUses uses;

    StatsService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            MetadataIndexRepository indexes,
            IndexingService indexing,
            FieldUses uses) {
        this.indexes = indexes;
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.indexing = indexing;
        this.uses = uses;
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection. */
    public Uni<Stats> of(String collection) {
        return unitOfWork
                .heavy()
                .read(() -> collections.get(collection).chain(owner -> collections
                        .stats(owner)
                        .chain(rows -> indexes.of(owner.id()).map(declared -> (Function<IndexState, Stats>)
                                state -> new Stats(rows, state, declared, uses.in(owner.id()))))))
                .chain(stats -> indexing.state(collection).map(stats));
    }
}
