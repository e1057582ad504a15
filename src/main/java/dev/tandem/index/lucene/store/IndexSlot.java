package dev.tandem.index.lucene.store;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.index.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * The index of one collection: the current generation, opened on demand, and those that are being filled.
 *
 * <p>When the disk fails, searches go on with the generation that is open. For changes, the index is opened again from its last commit, as
 * soon as the disk accepts a commit.
 */
public final class IndexSlot {

    private final IndexFolder folder;
    private final WriterSettings settings;
    private final DiskTrouble trouble;
    private final StoredIndex stored;
    private final OpenGenerations open;
    private final Set<Generation> filling = new HashSet<>();

    private volatile boolean closed;
    private volatile long lastUsed = System.nanoTime();

    public IndexSlot(IndexFolder folder, WriterSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.trouble = new DiskTrouble(folder);
        this.stored = new StoredIndex(folder, settings, trouble);
        this.open = new OpenGenerations(trouble);
    }

    public DiskTrouble trouble() {
        return trouble;
    }

    /**
     * The generation that searches see, to be released after use; null if the index was never built, or is damaged.
     *
     * @throws Refusal.Unavailable if the disk prevents opening it, or another process has it open
     */
    public synchronized @Nullable Generation acquireShown() {
        requireOpen();
        if (open.shown() == null) {
            stored.open().ifPresent(open::open);
        }
        return acquire(open.shown());
    }

    /**
     * The generation that takes changes, to be released after use; null if the index has to be built, because it never was or is damaged.
     *
     * @throws Refusal.Unavailable if the disk prevents opening it, or another process has it open
     */
    public synchronized @Nullable Generation acquireCurrent() {
        requireOpen();
        Generation current = open.current();
        if (current != null && current.failure() != null) {
            failed(current, current.failure());
        }
        if (open.current() == null) {
            stored.open().ifPresent(open::open);
        }
        return acquire(open.current());
    }

    private @Nullable Generation acquire(@Nullable Generation generation) {
        lastUsed = System.nanoTime();
        return generation == null ? null : generation.acquire();
    }

    /**
     * Notes that a generation could not be read or written. One that accepts no more changes is opened again when it is next needed.
     */
    public synchronized void failed(Generation generation, @Nullable Exception cause) {
        boolean damaged = Damage.isIn(cause);
        if (generation == open.current() && (damaged || generation.failure() != null)) {
            open.giveUpCurrent();
            if (damaged) {
                stored.damaged(cause);
            }
        }
        if (!damaged && cause != null && generation.isWanted()) {
            trouble.note(cause);
        }
    }

    /** Notes that changes were applied to the generation that {@link #acquireCurrent()} returned. */
    public synchronized void applied() {
        open.promote();
    }

    /** Starts a generation that searches do not see yet. */
    public synchronized Generation begin(Shape shape) {
        requireOpen();
        trouble.requireDue();
        try {
            folder.tidyAtFirst();
            Generation generation = Generation.create(folder.next(), shape, settings);
            filling.add(generation);
            return generation;
        } catch (IOException e) {
            trouble.note(e);
            throw DiskTrouble.unavailable();
        }
    }

    /** Keeps a generation that is being filled open until it is released; false if it was discarded meanwhile. */
    public synchronized boolean acquireFilling(Generation generation) {
        return filling.contains(generation) && generation.acquire() == generation;
    }

    /**
     * Makes the generation the current one. Running searches finish on the old one, whose folder is then deleted. Does nothing after a
     * drop.
     */
    public void swapIn(Generation generation, Position reached) throws IOException {
        if (!generation.apply(List.of(), Set.of(), null, reached)) {
            throw new IllegalStateException("It has been swapped in before.");
        }
        generation.commit();
        synchronized (this) {
            if (!filling.contains(generation)) {
                return;
            }
            Optional<Path> before = folder.current();
            folder.point(generation.folder());
            filling.remove(generation);
            if (open.shown() == null) {
                before.ifPresent(IndexFolder::deleteGeneration);
            }
            open.replaceBy(generation);
            stored.built();
            lastUsed = System.nanoTime();
        }
    }

    public synchronized void discard(Generation generation) {
        if (filling.remove(generation)) {
            generation.delete();
            open.release(generation);
        }
    }

    /** Deletes everything, as soon as it is no longer in use. */
    public synchronized void drop() throws IOException {
        folder.forget();
        List.copyOf(filling).forEach(this::discard);
        if (open.shown() == null) {
            folder.tidy();
        }
        open.replaceBy(null);
        stored.dropped();
    }

    /**
     * Merges down what rests, if it may, and commits what is visible, if that is worth it. Notes a failure. Answers whether it is being merged
     * down.
     */
    boolean keepInOrder(boolean mayMerge) {
        Generation generation = acquireIfOpen();
        if (generation == null) {
            return false;
        }
        try {
            boolean merges = generation.rest(mayMerge);
            committed(generation.commitIfDue());
            return merges;
        } catch (IOException | AlreadyClosedException e) {
            failed(generation, e);
            return false;
        } finally {
            open.release(generation);
        }
    }

    private synchronized @Nullable Generation acquireIfOpen() {
        Generation current = open.current();
        return current == null ? null : current.acquire();
    }

    /** The trouble is over only when searches see again what changes go to. */
    private synchronized void committed(boolean written) {
        if (open.isInStep()) {
            stored.endTroubleIfProven(written);
        }
    }

    /** Closes what is open, if it is not in use and its disk works. It is opened again on demand. */
    public synchronized void closeIfIdle() {
        Generation idle = open.current();
        if (idle == null || !open.isInStep() || !idle.isIdle()) {
            return;
        }
        try {
            idle.commit();
            open.close();
        } catch (IOException | AlreadyClosedException e) {
            failed(idle, e);
        }
    }

    /** Commits what is visible, releases the folder, and refuses further use. Waits a moment for changes in progress. */
    public void close(Duration patience) throws InterruptedException {
        Set<Generation> last;
        synchronized (this) {
            closed = true;
            List.copyOf(filling).forEach(this::discard);
            last = open.close();
        }
        for (Generation generation : last) {
            generation.awaitClosed(patience);
        }
    }

    /** What searches see; empty if it is not open, or not yet. It may be closed any time, so only what needs no file may be asked of it. Never blocks. */
    public Optional<Generation> peek() {
        return Optional.ofNullable(open.shown());
    }

    /** Whether the index has to follow again: it has to be built again, or its disk may work by now. Never blocks: event loops ask. */
    public boolean isWaiting() {
        return !closed && (stored.isLost() || (open.current() == null ? trouble.isDue() : !open.isInStep()));
    }

    /** When it was last used, in {@link System#nanoTime()}. */
    public long lastUsed() {
        return lastUsed;
    }

    /** Ends a use. */
    public void release(Generation generation) {
        open.release(generation);
    }

    private void requireOpen() {
        if (closed) {
            throw new Refusal.Unavailable("index.closed", "The service is stopping.", Duration.ofSeconds(5));
        }
    }
}
