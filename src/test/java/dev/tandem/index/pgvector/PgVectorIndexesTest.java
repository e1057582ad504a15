package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexesContract;

class PgVectorIndexesTest extends IndexesContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
