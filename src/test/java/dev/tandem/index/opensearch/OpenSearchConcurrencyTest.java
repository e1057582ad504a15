package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexConcurrencyContract;

class OpenSearchConcurrencyTest extends IndexConcurrencyContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
