package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.VectorBoundsContract;

class PgVectorVectorBoundsTest extends VectorBoundsContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
