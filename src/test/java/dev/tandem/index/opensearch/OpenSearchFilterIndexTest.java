package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.FilterIndexContract;

class OpenSearchFilterIndexTest extends FilterIndexContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
