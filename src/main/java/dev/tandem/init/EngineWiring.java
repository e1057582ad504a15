package dev.tandem.init;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.index.Engines;
import dev.tandem.index.IndexConfig;
import dev.tandem.index.Indexes;
import dev.tandem.index.lucene.LuceneIndexes;
import dev.tandem.index.shared.SharedEngine;
import dev.tandem.index.shared.SharedIndexes;
import dev.tandem.repository.CursorRepository;
import dev.tandem.service.index.LeasedCursors;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Puts the search engines together: the index in this process, and those that are configured beside it. */
@Singleton
class EngineWiring {

    private final String holder = UUID.randomUUID().toString();

    @Produces
    @Singleton
    Engines engines(
            LuceneIndexes lucene,
            @All List<SharedEngine> shared,
            UnitOfWork unitOfWork,
            CursorRepository cursors,
            IndexConfig config) {
        List<Indexes> all = new ArrayList<>();
        all.add(lucene);
        for (SharedEngine engine : shared) {
            String name = engine.engine().name();
            all.add(new SharedIndexes(engine, new LeasedCursors(unitOfWork, cursors, name, holder)));
        }
        if (all.stream().noneMatch(indexes -> isDefault(indexes, config))) {
            throw new IllegalStateException("tandem.index.engine is " + config.engine() + ", but the engines here are "
                    + all.stream().map(indexes -> indexes.engine().name()).toList()
                    + ". An engine is here when its tandem.engine settings are given.");
        }
        all.sort(Comparator.comparing(indexes -> !isDefault(indexes, config)));
        return new Engines(all);
    }

    private static boolean isDefault(Indexes indexes, IndexConfig config) {
        return indexes.engine().name().equals(config.engine());
    }

    void close(@Disposes Engines engines) {
        engines.all().forEach(indexes -> {
            if (indexes instanceof SharedIndexes shared) {
                shared.close();
            }
        });
    }
}
