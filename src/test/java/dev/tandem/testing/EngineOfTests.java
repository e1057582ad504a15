package dev.tandem.testing;

import dev.tandem.index.shared.MemoryEngine;
import dev.tandem.index.shared.SharedEngine;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the service of the tests a second engine. Collections that do not name it have nothing to do with it. */
public final class EngineOfTests {

    public static final MemoryEngine.Server SERVER = new MemoryEngine.Server();

    private EngineOfTests() {}

    @Produces
    @Singleton
    static SharedEngine engine() {
        return new MemoryEngine(SERVER);
    }
}
