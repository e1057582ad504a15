package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.VectorIndexContract;

class OpenSearchVectorIndexTest extends VectorIndexContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
