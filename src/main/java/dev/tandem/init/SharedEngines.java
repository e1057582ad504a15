package dev.tandem.init;

import dev.tandem.index.IndexConfig;
import dev.tandem.index.opensearch.OpenSearchConfig;
import dev.tandem.index.opensearch.OpenSearchEngine;
import dev.tandem.index.pgvector.PgVectorAddress;
import dev.tandem.index.pgvector.PgVectorConfig;
import dev.tandem.index.pgvector.PgVectorEngine;
import dev.tandem.index.pinecone.PineconeConfig;
import dev.tandem.index.pinecone.PineconeEngine;
import dev.tandem.index.shared.SharedEngine;
import io.quarkus.arc.All;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The engines that all replicas share, as they are configured. */
@Singleton
class SharedEngines {

    private final IndexConfig config;
    private final PgVectorConfig pgvector;
    private final OpenSearchConfig opensearch;
    private final PineconeConfig pinecone;
    private final List<SharedEngine> others;
    private final RowsAddress rows;
    private final Vertx vertx;

    /** @param others engines that an application brings itself */
    SharedEngines(
            IndexConfig config,
            PgVectorConfig pgvector,
            OpenSearchConfig opensearch,
            PineconeConfig pinecone,
            @All List<SharedEngine> others,
            RowsAddress rows,
            Vertx vertx) {
        this.config = config;
        this.pgvector = pgvector;
        this.opensearch = opensearch;
        this.pinecone = pinecone;
        this.others = others;
        this.rows = rows;
        this.vertx = vertx;
    }

    /** Clients of the engines. Nothing is connected yet. */
    List<SharedEngine> open() {
        List<SharedEngine> engines = new ArrayList<>();
        for (String name : config.engines().orElse(List.of())) {
            engines.add(
                    switch (name) {
                        case "pgvector" ->
                            new PgVectorEngine(
                                    vertx, pgvector, PgVectorAddress.of(pgvector, rows.options(), rows.authority()));
                        case OpenSearchEngine.NAME -> new OpenSearchEngine(vertx, opensearch);
                        case "pinecone" -> new PineconeEngine(vertx, pinecone);
                        default ->
                            throw new IllegalStateException(
                                    "tandem.index.engines names " + name
                                            + ", which is no engine beside the process. There are pgvector, opensearch and pinecone.");
                    });
        }
        engines.addAll(others);
        return engines;
    }
}
