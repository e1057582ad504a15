package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.StampContract;

class OpenSearchStampTest extends StampContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
