package dev.tandem.index.shared;

import dev.tandem.index.StampContract;
import dev.tandem.index.EngineFixture;

class MemoryStampTest extends StampContract {

    @Override
    protected EngineFixture open() {
        MemoryEngine.Server server = new MemoryEngine.Server();
        return SharedFixture.of(() -> new MemoryEngine(server));
    }
}
