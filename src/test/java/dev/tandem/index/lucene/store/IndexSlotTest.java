package dev.tandem.index.lucene.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexSlotTest {

    @TempDir
    Path folder;

    /** Opening an index took half a second, and an event loop stood still for as long. */
    @Test
    void saysWhatItIsWhileAnotherThreadIsAtItsDisk() throws ExecutionException, InterruptedException, TimeoutException {
        IndexSlot slot = new IndexSlot(
                new IndexFolder(folder), new WriterSettings(1, UnaryOperator.identity(), new AtomicInteger()));
        synchronized (slot) {
            assertThat(CompletableFuture.supplyAsync(slot::isWaiting).get(5, TimeUnit.SECONDS))
                    .isFalse();
            assertThat(CompletableFuture.supplyAsync(slot::peek).get(5, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }
}
