package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexContract;

class OpenSearchIndexTest extends IndexContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
