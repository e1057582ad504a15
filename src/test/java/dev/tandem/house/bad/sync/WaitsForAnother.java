package dev.tandem.house.bad.sync;

import java.util.concurrent.CompletableFuture;

/** Keeps a thread until another one is done. */
public final class WaitsForAnother {

    public String name(CompletableFuture<String> name) {
        return name.join();
    }
}
