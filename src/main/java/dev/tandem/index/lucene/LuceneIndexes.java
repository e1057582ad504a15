package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.index.Engine;
import dev.tandem.index.IndexConfig;
import dev.tandem.index.IndexTrouble;
import dev.tandem.index.Indexes;
import dev.tandem.index.SearchThreads;
import dev.tandem.index.Shape;
import dev.tandem.index.lucene.store.DiskTrouble;
import dev.tandem.index.lucene.store.Generation;
import dev.tandem.index.lucene.store.IndexFolders;
import dev.tandem.index.lucene.store.IndexSlot;
import dev.tandem.index.lucene.store.IndexSlots;
import dev.tandem.index.lucene.store.WriterSettings;
import dev.tandem.work.WorkerPool;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of all collections, each in its folder, opened on demand. The most recently used ones stay open; an index in use is never
 * closed.
 */
@ApplicationScoped
public class LuceneIndexes implements Indexes {

    private static final Logger LOG = Logger.getLogger(LuceneIndexes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int WAITING_CHANGES = 1_024;

    private static final Engine LUCENE = new Engine("lucene", Map.of());

    private final IndexFolders folders;
    private final WorkerPool changes;
    private final SearchThreads searches;
    private final IndexSlots slots;
    private final AtomicInteger merging = new AtomicInteger();
    private final DiskUse diskUse;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tandem-index-clock").factory());

    @Inject
    public LuceneIndexes(IndexConfig config, SearchThreads searches) {
        this(config, searches, UnaryOperator.identity());
    }

    /** @param disk a layer between Lucene and the files */
    LuceneIndexes(IndexConfig config, SearchThreads searches, UnaryOperator<Directory> disk) {
        this.folders = new IndexFolders(config.directory().toAbsolutePath());
        this.diskUse = new DiskUse(folders);
        this.slots = new IndexSlots(folders, new WriterSettings(config.ramBufferMb(), disk, merging), config.maxOpen());
        this.changes = WorkerPool.inBackground("index", config.writeThreads(), WAITING_CHANGES);
        this.searches = searches;
        long interval = config.commitInterval().toMillis();
        var unused =
                clock.scheduleWithFixedDelay(() -> later(this::keepInOrder), interval, interval, TimeUnit.MILLISECONDS);
    }

    private void keepInOrder() {
        slots.keepInOrder();
        diskUse.look();
    }

    /** What all indexes take on the disk, as of the last minute. */
    public long bytes() {
        return diskUse.bytes();
    }

    /** How many merges of segments are running. */
    public int merges() {
        return merging.get();
    }

    @Override
    public Engine engine() {
        return LUCENE;
    }

    @Override
    public LuceneIndex of(Collection collection) {
        return new LuceneIndex(this, collection.id(), Shape.of(collection, LUCENE.name()));
    }

    @Override
    public Uni<Void> drop(UUID collectionId) {
        return changes.run(() -> onDisk(() -> {
                    slot(collectionId).drop();
                    return collectionId;
                }))
                .replaceWithVoid();
    }

    @Override
    public Uni<Set<UUID>> stored() {
        return changes.run(() -> onDisk(folders::collections));
    }

    @Override
    public Uni<Void> dropAll(Set<UUID> collectionIds) {
        return changes.run(() -> {
                    collectionIds.forEach(this::tryToDrop);
                    return collectionIds;
                })
                .replaceWithVoid();
    }

    private void tryToDrop(UUID collectionId) {
        try {
            slot(collectionId).drop();
        } catch (IOException e) {
            LOG.debugf(e, "The index of collection %s, which is gone, is left to the next sweep.", collectionId);
        }
    }

    WorkerPool changes() {
        return changes;
    }

    SearchThreads searches() {
        return searches;
    }

    IndexSlot slot(UUID collectionId) {
        return slots.of(collectionId);
    }

    @Override
    public Optional<IndexTrouble> trouble(UUID collectionId) {
        return slots.find(collectionId).flatMap(slot -> slot.trouble().state());
    }

    @Override
    public Set<UUID> waiting() {
        return slots.waiting();
    }

    /** A piece of work with an index that is kept open meanwhile. */
    interface Use<T> {
        T with(@Nullable Generation generation) throws IOException;
    }

    /** Makes the new index the current one. Blocks. */
    void swapIn(IndexSlot slot, Generation generation, Position reached) throws IOException {
        slot.swapIn(generation, reached);
        later(slots::closeLeastUsed);
    }

    /** Reads what searches see. Blocks. The generation is null if the index has to be built first. */
    <T> T read(UUID collectionId, Use<T> use) {
        return use(slot(collectionId), IndexSlot::acquireShown, use);
    }

    /** Changes an index. Blocks. The generation is null if the index has to be built first. */
    <T> T change(UUID collectionId, Use<T> use) {
        IndexSlot slot = slot(collectionId);
        T result = use(slot, IndexSlot::acquireCurrent, use);
        slot.applied();
        return result;
    }

    private <T> T use(IndexSlot slot, Function<IndexSlot, @Nullable Generation> acquire, Use<T> use) {
        boolean wasOpen = slot.peek().isPresent();
        Generation generation = acquire.apply(slot);
        try {
            return use.with(generation);
        } catch (IOException | AlreadyClosedException e) {
            if (generation != null) {
                slot.failed(generation, e);
            }
            throw DiskTrouble.unavailable();
        } finally {
            if (generation != null) {
                slot.release(generation);
            }
            if (!wasOpen) {
                later(slots::closeLeastUsed);
            }
        }
    }

    private static <T> T onDisk(Reading<T> reading) {
        try {
            return reading.run();
        } catch (IOException e) {
            LOG.warnf("The folder of the indexes can't be read or written: %s", e);
            throw DiskTrouble.unavailable();
        }
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private void later(Runnable work) {
        try {
            changes.executor().execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("An index could not be kept in order.", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too busy to keep indexes in order just now.");
        }
    }

    void commit() {
        slots.commit();
    }

    /** Commits everything visible and releases the folders, so that another application in this process can open them. */
    @PreDestroy
    void close() {
        clock.shutdownNow();
        try {
            slots.close(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        changes.close();
    }
}
