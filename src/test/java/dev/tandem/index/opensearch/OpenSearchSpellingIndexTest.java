package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.SpellingIndexContract;

class OpenSearchSpellingIndexTest extends SpellingIndexContract {

    @Override
    protected EngineFixture open() {
        return OpenSearchServer.fixture();
    }
}
