package dev.tandem.index.shared;

import dev.tandem.index.IndexBuildContract;
import dev.tandem.index.EngineFixture;

class MemoryIndexBuildTest extends IndexBuildContract {

    @Override
    protected EngineFixture open() {
        MemoryEngine.Server server = new MemoryEngine.Server();
        return SharedFixture.of(() -> new MemoryEngine(server));
    }
}
