package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.VectorBoundsContract;

class OpenSearchVectorBoundsTest extends VectorBoundsContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
