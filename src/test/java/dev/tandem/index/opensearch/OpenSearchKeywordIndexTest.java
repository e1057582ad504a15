package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.KeywordIndexContract;

class OpenSearchKeywordIndexTest extends KeywordIndexContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
