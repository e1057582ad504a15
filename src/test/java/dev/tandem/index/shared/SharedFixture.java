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
        this.indexes = opened();
    }

    /** @param connect makes a client of the running engine */
    public static SharedFixture of(Supplier<SharedEngine> connect) {
        return new SharedFixture(connect, MemoryCursors.create());
    }

    private SharedIndexes opened() {
        SharedIndexes opened = new SharedIndexes(connect.get(), cursors);
        await(opened.prepare());
        return opened;
    }

    @Override
    public SharedIndexes indexes() {
        return indexes;
    }

    @Override
    public void restart() {
        close();
        cursors = cursors.afterTheClaims();
        indexes = opened();
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
