package dev.tandem.index.pinecone;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.pinecone.standin.StandIn;
import dev.tandem.index.shared.SharedFixture;
import dev.tandem.index.shared.SharedIndexes;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;

/** Pinecone's stand-in as tests use it, with an index for each shape that the suites need. */
final class PineconeFixture extends EngineFixture {

    /** Shared by all tests: it ends with the process. */
    static final Vertx VERTX = Vertx.vertx();

    private static final int READS_BEFORE_VISIBLE = 1;

    private final StandIn standIn;
    private final SharedFixture engine;

    private PineconeFixture(StandIn standIn) {
        this.standIn = standIn;
        PineconeSettings settings = PineconeSettings.of(hosts(standIn), StandIn.KEY);
        this.engine = SharedFixture.of(() -> new PineconeEngine(VERTX, settings));
    }

    static PineconeFixture open() {
        return new PineconeFixture(new StandIn(VERTX, READS_BEFORE_VISIBLE));
    }

    static List<String> hosts(StandIn standIn) {
        return Stream.of("cosine", "dotproduct", "euclidean")
                .flatMap(metric -> Stream.of(2, 3, 16).map(dimension -> standIn.host(dimension, metric)))
                .toList();
    }

    @Override
    public SharedIndexes indexes() {
        return engine.indexes();
    }

    @Override
    public void restart() {
        engine.restart();
    }

    @Override
    public EngineFixture afterCrash() {
        return engine.afterCrash();
    }

    @Override
    public void close() {
        engine.close();
        standIn.close();
    }
}
