package dev.tandem.init;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.index.IndexConfig;
import dev.tandem.index.Indexes;
import dev.tandem.index.lucene.LuceneIndexes;
import dev.tandem.index.parts.Engines;
import dev.tandem.index.shared.SharedEngine;
import dev.tandem.index.shared.SharedIndexes;
import dev.tandem.repository.CursorRepository;
import dev.tandem.service.index.LeasedCursors;
import dev.tandem.work.Heartbeat;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Puts the search engines together: the index in this process, and those that are configured beside it. */
@Singleton
class EngineWiring {

    private static final Logger LOG = Logger.getLogger(EngineWiring.class);

    private final String holder = UUID.randomUUID().toString();
    private final UnitOfWork unitOfWork;
    private final CursorRepository cursors;
    private final IndexConfig config;
    private final Vertx vertx;
    private final List<Heartbeat> heartbeats = new ArrayList<>();

    EngineWiring(UnitOfWork unitOfWork, CursorRepository cursors, IndexConfig config, Vertx vertx) {
        this.unitOfWork = unitOfWork;
        this.cursors = cursors;
        this.config = config;
        this.vertx = vertx;
    }

    /** The index in the process, and the others; the default of new collections comes first. */
    @Produces
    @Singleton
    Engines engines(LuceneIndexes lucene, SharedEngines shared) {
        List<Indexes> all = new ArrayList<>();
        all.add(lucene);
        shared.open().forEach(engine -> all.add(shared(engine)));
        if (all.stream().noneMatch(this::isDefault)) {
            throw new IllegalStateException(
                    "tandem.index.engine is " + config.engine() + ", which is not among tandem.index.engines.");
        }
        if (!heartbeats.isEmpty()) {
            LOG.infof("This replica takes leases on shared indexes as %s.", holder);
        }
        all.sort(Comparator.comparing(indexes -> !isDefault(indexes)));
        return new Engines(all);
    }

    private SharedIndexes shared(SharedEngine engine) {
        String name = engine.engine().name();
        SharedIndexes indexes =
                new SharedIndexes(engine, new LeasedCursors(unitOfWork, cursors, name, holder, config.lease()));
        Heartbeat heartbeat = new Heartbeat(vertx, config.lease(), "the indexes in " + name, indexes::renewClaims);
        heartbeats.add(heartbeat);
        heartbeat.start();
        return indexes;
    }

    private boolean isDefault(Indexes indexes) {
        return indexes.engine().name().equals(config.engine());
    }

    void close(@Disposes Engines engines) {
        heartbeats.forEach(Heartbeat::stop);
        engines.shared().forEach(SharedIndexes::close);
    }
}
