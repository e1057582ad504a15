package dev.tandem.index.shared;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.FilterIndexContract;

class MemoryFilterIndexTest extends FilterIndexContract {

    @Override
    protected EngineFixture open() {
        MemoryEngine.Server server = new MemoryEngine.Server();
        return SharedFixture.of(() -> new MemoryEngine(server));
    }
}
