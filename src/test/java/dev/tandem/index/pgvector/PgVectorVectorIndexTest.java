package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.VectorIndexContract;

class PgVectorVectorIndexTest extends VectorIndexContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
