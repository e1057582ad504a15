package dev.tandem.index.lucene.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The slots of all collections. The most recently used indexes stay open; one in use is never closed. */
public final class IndexSlots {

    private final IndexFolders folders;
    private final WriterSettings settings;
    private final int maxOpen;
    /** The slot of a dropped collection stays, a few bytes, so that a folder that a last reader is about to delete is not opened again. */
    private final Map<UUID, IndexSlot> slots = new ConcurrentHashMap<>();

    private volatile @Nullable IndexSlot merging;

    public IndexSlots(IndexFolders folders, WriterSettings settings, int maxOpen) {
        this.folders = folders;
        this.settings = settings;
        this.maxOpen = maxOpen;
    }

    public IndexSlot of(UUID collectionId) {
        return slots.computeIfAbsent(collectionId, id -> new IndexSlot(folders.of(id), settings));
    }

    /** The slot of a collection that was asked for before. */
    public Optional<IndexSlot> find(UUID collectionId) {
        return Optional.ofNullable(slots.get(collectionId));
    }

    /** The collections whose index has to be followed again. */
    public Set<UUID> waiting() {
        return slots.entrySet().stream()
                .filter(entry -> entry.getValue().isWaiting())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Merges down what rests, one index at a time, because the processors are for requests. Commits. Closes what is open beyond the bound: indexes
     * in use when the last one was opened. Blocks.
     */
    public void keepInOrder() {
        IndexSlot busy = merging;
        if (busy != null && !busy.keepInOrder(true)) {
            merging = null;
        }
        for (IndexSlot slot : slots.values()) {
            if (slot != busy && slot.keepInOrder(merging == null)) {
                merging = slot;
            }
        }
        closeLeastUsed();
    }

    /** Makes durable what is visible. Blocks. */
    public void commit() {
        slots.values().forEach(slot -> slot.keepInOrder(false));
    }

    /** Closes the least recently used indexes beyond the bound. Blocks. */
    public void closeLeastUsed() {
        List<IndexSlot> open = new ArrayList<>(
                slots.values().stream().filter(slot -> slot.peek().isPresent()).toList());
        open.sort(Comparator.comparingLong(IndexSlot::lastUsed));
        for (IndexSlot slot : open.subList(0, Math.max(0, open.size() - maxOpen))) {
            slot.closeIfIdle();
        }
    }

    /** Makes everything visible durable and closes all. Waits so long for each index that is being changed. */
    public void close(Duration patience) throws InterruptedException {
        for (IndexSlot slot : slots.values()) {
            slot.close(patience);
        }
    }
}
