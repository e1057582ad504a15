package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.StampContract;

class PgVectorStampTest extends StampContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
