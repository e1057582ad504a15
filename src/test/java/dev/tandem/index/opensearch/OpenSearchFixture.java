package dev.tandem.index.opensearch;

import dev.tandem.index.EngineFixture;
import dev.tandem.index.shared.SharedFixture;
import dev.tandem.index.shared.SharedIndexes;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** A replica that uses the server, with names of indexes that no other test has. What it leaves is deleted. */
final class OpenSearchFixture extends EngineFixture {

    private final URI address;
    private final String prefix;
    private final SharedFixture replica;
    private final boolean isFirst;

    private OpenSearchFixture(URI address, String prefix, SharedFixture replica, boolean isFirst) {
        this.address = address;
        this.prefix = prefix;
        this.replica = replica;
        this.isFirst = isFirst;
    }

    static OpenSearchFixture at(URI address) {
        String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
        OpenSearchConfig config = TestConfig.of(Map.of("index-prefix", prefix), address);
        SharedFixture replica = SharedFixture.of(() -> new OpenSearchEngine(TestVertx.get(), config));
        return new OpenSearchFixture(address, prefix, replica, true);
    }

    @Override
    public SharedIndexes indexes() {
        return replica.indexes();
    }

    @Override
    public void restart() {
        replica.restart();
    }

    @Override
    public EngineFixture afterCrash() {
        return new OpenSearchFixture(address, prefix, replica.afterCrash(), false);
    }

    @Override
    public void close() {
        replica.close();
        if (isFirst) {
            OpenSearchServer.delete(address, prefix);
        }
    }
}
