package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.MetadataIndexRepository;
import dev.tandem.repository.StatsRepository;
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
    private final StatsRepository stats;
    private final MetadataIndexRepository indexes;
    private final IndexingService indexing;
    private final FieldUses uses;

    StatsService(
            UnitOfWork unitOfWork,
            CollectionRepository collections,
            StatsRepository stats,
            MetadataIndexRepository indexes,
            IndexingService indexing,
            FieldUses uses) {
        this.indexes = indexes;
        this.unitOfWork = unitOfWork;
        this.collections = collections;
        this.stats = stats;
        this.indexing = indexing;
        this.uses = uses;
    }

    /** Fails with {@link dev.tandem.domain.refusal.Refusal.NotFound} if there is no such collection. */
    public Uni<Stats> of(String collection) {
        return unitOfWork
                .heavy()
                .read(() -> collections.get(collection).chain(owner -> stats.of(owner)
                        .chain(rows -> indexes.of(owner.id()).map(declared -> (Function<IndexState, Stats>)
                                state -> new Stats(rows, state, declared, uses.in(owner.id()))))))
                .chain(measured -> indexing.state(collection).map(measured));
    }
}
