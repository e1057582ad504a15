package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexesContract;

class OpenSearchIndexesTest extends IndexesContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
