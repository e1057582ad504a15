package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexContract;

class PgVectorIndexTest extends IndexContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
