package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.FilterIndexContract;

class PgVectorFilterIndexTest extends FilterIndexContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
