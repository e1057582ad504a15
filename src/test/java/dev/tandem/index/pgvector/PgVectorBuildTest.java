package dev.tandem.index.pgvector;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexBuildContract;

class PgVectorBuildTest extends IndexBuildContract {

    @Override
    protected EngineFixture open() {
        return PgVectorServer.fixture();
    }
}
