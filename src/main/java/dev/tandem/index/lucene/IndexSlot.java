package dev.tandem.index.lucene;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.error.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.store.LockObtainFailedException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The index of one collection: the generation that counts, opened when it is needed, and those that are being filled. */
final class IndexSlot {

    private static final Logger LOG = Logger.getLogger(IndexSlot.class);

    private final IndexFolder folder;
    private final WriterSettings settings;
    private final Set<Generation> filling = new HashSet<>();

    private @Nullable Generation current;
    private boolean tidied;
    /** Known to have nothing that can be opened. */
    private boolean unbuilt;

    private boolean closed;
    private volatile long lastUsed = System.nanoTime();

    IndexSlot(IndexFolder folder, WriterSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * The generation that counts, to be released after use; null where there is none: it was never built, or cannot be read any more.
     *
     * @throws IOException where another process has it open
     */
    synchronized @Nullable Generation acquire() throws IOException {
        requireOpen();
        lastUsed = System.nanoTime();
        if (current != null && !current.isOpen()) {
            LOG.warnf("The index in %s has failed and is opened again from its last commit.", current.folder());
            letGo();
        }
        if (current == null && !unbuilt) {
            current = open();
            unbuilt = current == null;
        }
        return current == null ? null : current.acquire();
    }

    /** The generation that counts if it is open, to be released after use. Opens nothing. */
    synchronized @Nullable Generation acquireIfOpen() {
        return current == null ? null : current.acquire();
    }

    private @Nullable Generation open() throws IOException {
        try {
            tidy();
            Optional<Path> path = folder.current();
            return path.isEmpty() ? null : open(path.get());
        } catch (LockObtainFailedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.warnf("The index in %s cannot be read and will be built again: %s", folder, e);
            return null;
        }
    }

    private @Nullable Generation open(Path path) throws IOException {
        Optional<Generation> generation = Generation.open(path, settings);
        if (generation.isEmpty()) {
            LOG.infof("The index in %s is of another format and will be built again.", path);
        }
        return generation.orElse(null);
    }

    /** A generation that nobody sees yet. */
    synchronized Generation begin(Fingerprint fingerprint) throws IOException {
        requireOpen();
        tidy();
        Generation generation = Generation.create(folder.next(), fingerprint, settings);
        filling.add(generation);
        return generation;
    }

    /** Keeps a generation that is being filled open until it is released; false where it was discarded meanwhile. */
    synchronized boolean acquireFilling(Generation generation) {
        if (!filling.contains(generation)) {
            return false;
        }
        generation.acquire();
        return true;
    }

    /** Makes the generation the one that counts. Who reads the old one may end; then its folder goes. Changes nothing after a drop. */
    void swapIn(Generation generation, Position reached) throws IOException {
        generation.apply(List.of(), Set.of(), reached);
        generation.commit();
        synchronized (this) {
            if (!filling.remove(generation)) {
                return;
            }
            Optional<Path> before = folder.current();
            folder.point(generation.folder());
            if (current != null) {
                current.delete();
                letGo();
            } else if (before.isPresent()) {
                IndexFolder.deleteGeneration(before.get());
            }
            current = generation;
            unbuilt = false;
            lastUsed = System.nanoTime();
        }
    }

    synchronized void discard(Generation generation) throws IOException {
        if (filling.remove(generation)) {
            generation.delete();
            generation.release();
        }
    }

    /** Deletes everything, as soon as nobody uses it. */
    synchronized void drop() throws IOException {
        folder.forget();
        for (Generation generation : List.copyOf(filling)) {
            discard(generation);
        }
        if (current != null) {
            current.delete();
            letGo();
        } else {
            folder.tidy();
        }
        unbuilt = true;
    }

    /** Closes the generation that counts if nobody uses it. It will be opened again when it is needed. */
    synchronized void closeIfIdle() throws IOException {
        if (current != null && current.isIdle()) {
            letGo();
        }
    }

    /** Makes durable what is visible, gives the folder back, and refuses further use. Waits a moment for changes that are being made. */
    void close(Duration patience) throws IOException, InterruptedException {
        Generation last;
        synchronized (this) {
            closed = true;
            for (Generation generation : List.copyOf(filling)) {
                discard(generation);
            }
            last = current;
            letGo();
        }
        if (last != null) {
            last.awaitClosed(patience);
        }
    }

    synchronized boolean isOpen() {
        return current != null;
    }

    /** When it was last asked for, in {@link System#nanoTime()}. */
    long lastUsed() {
        return lastUsed;
    }

    private void letGo() throws IOException {
        Generation generation = current;
        current = null;
        if (generation != null) {
            generation.release();
        }
    }

    private void tidy() throws IOException {
        if (!tidied) {
            folder.tidy();
            tidied = true;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new Refusal.Unavailable("index.closed", "The service is stopping.", Duration.ofSeconds(5));
        }
    }
}
