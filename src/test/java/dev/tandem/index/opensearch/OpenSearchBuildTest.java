package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.IndexBuildContract;

class OpenSearchBuildTest extends IndexBuildContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
