package dev.tandem.index.shared;

import dev.tandem.index.EngineFixture;
import java.util.function.Supplier;

/** A shared engine as tests use it: a replica that is a client of it. */
public final class SharedFixture extends EngineFixture {

    private final Supplier<SharedEngine> connect;

    private MemoryCursors cursors;
    private SharedIndexes indexes;

    private SharedFixture(Supplier<SharedEngine> connect, MemoryCursors cursors) {
        this.connect = connect;
        this.cursors = cursors;
        this.indexes = new SharedIndexes(connect.get(), cursors);
    }

    /** @param connect makes a client of the running engine */
    public static SharedFixture of(Supplier<SharedEngine> connect) {
        return new SharedFixture(connect, MemoryCursors.create());
    }

    @Override
    public SharedIndexes indexes() {
        return indexes;
    }

    @Override
    public void restart() {
        close();
        cursors = cursors.afterTheClaims();
        indexes = new SharedIndexes(connect.get(), cursors);
    }

    @Override
    public SharedFixture afterCrash() {
        return new SharedFixture(connect, cursors.afterTheClaims());
    }

    @Override
    public void close() {
        indexes.close();
    }
}
