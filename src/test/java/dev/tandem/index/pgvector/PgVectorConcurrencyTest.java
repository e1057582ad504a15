package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexConcurrencyContract;

class PgVectorConcurrencyTest extends IndexConcurrencyContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
