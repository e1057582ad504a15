package dev.tandem.index.lucene.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.index.Entries;
import dev.tandem.index.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
        IndexSlot slot = slot();
        synchronized (slot) {
            assertThat(CompletableFuture.supplyAsync(slot::isWaiting).get(5, TimeUnit.SECONDS))
                    .isFalse();
            assertThat(CompletableFuture.supplyAsync(slot::peek).get(5, TimeUnit.SECONDS))
                    .isEmpty();
        }
    }

    /** A collection was deleted while its first index was filled, and its disk was said to fail. */
    @Test
    void whatIsDroppedWhileItIsFilledIsNoTroubleOfTheDisk() throws IOException {
        IndexSlot slot = slot();
        Generation filled = slot.begin(new Shape(Language.ENGLISH, Metric.COSINE, 2));
        assertThat(slot.acquireFilling(filled)).isTrue();
        filled.add(List.of(Entries.text(UUID.randomUUID(), "tea", null)), Set.of());
        slot.drop();
        slot.release(filled);
        assertThat(slot.trouble().state()).isEmpty();
        assertThat(folder.resolve("collection")).doesNotExist();
    }

    @Test
    void whatFailsAfterItWasDroppedIsNoTroubleOfTheDisk() throws IOException {
        IndexSlot slot = slot();
        Generation filled = slot.begin(new Shape(Language.ENGLISH, Metric.COSINE, 2));
        assertThat(slot.acquireFilling(filled)).isTrue();
        slot.drop();
        slot.failed(filled, new IOException("Its folder is gone."));
        assertThat(slot.trouble().state()).isEmpty();
        slot.release(filled);
        assertThat(slot.trouble().state()).isEmpty();
    }

    /** The last readers of generations delete the folder of the collection while another one begins. */
    @Test
    void aGenerationBeginsWhileTheFolderGoes() throws IOException {
        IndexFolder collection = new IndexFolder(folder.resolve("collection"));
        AtomicBoolean begun = new AtomicBoolean();
        try (ExecutorService readers = Executors.newSingleThreadExecutor()) {
            Path first = folder.resolve("collection").resolve("1");
            var unused = readers.submit(() -> {
                while (!begun.get()) {
                    IndexFolder.deleteGeneration(first);
                }
            });
            try {
                for (int i = 0; i < 3_000; i++) {
                    IndexFolder.deleteGeneration(collection.next());
                }
            } finally {
                begun.set(true);
            }
        }
        assertThat(folder.resolve("collection")).doesNotExist();
    }

    private IndexSlot slot() {
        return new IndexSlot(
                new IndexFolder(folder.resolve("collection")),
                new WriterSettings(1, UnaryOperator.identity(), new AtomicInteger()));
    }
}
