package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.VectorIndexContract;
import java.util.Map;

/** The same with graphs in half precision. */
class PgVectorHalfVectorIndexTest extends VectorIndexContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture(Map.of("halfvec", "true"));
    }
}
