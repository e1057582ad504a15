package dev.tandem.index.lucene.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is known of the index in a folder, and the way to open it. Used under the lock of the {@link IndexSlot}. */
final class StoredIndex {

    private static final Logger LOG = Logger.getLogger(StoredIndex.class);

    private enum State {
        /** As far as is known, it can be opened. */
        PRESENT,
        /** It was never built, or has been dropped. */
        ABSENT,
        /** It is damaged or of another format. Nothing in the log says that it has to be built again. */
        LOST
    }

    private final IndexFolder folder;
    private final WriterSettings settings;
    private final DiskTrouble trouble;

    private volatile State state = State.PRESENT;
    /** Whether the disk has taken a commit since it failed. */
    private boolean proven;

    StoredIndex(IndexFolder folder, WriterSettings settings, DiskTrouble trouble) {
        this.folder = folder;
        this.settings = settings;
        this.trouble = trouble;
    }

    /** Opens the generation that counts; empty where the index has to be built. Fails while its disk does. */
    Optional<Generation> open() {
        if (state != State.PRESENT) {
            return Optional.empty();
        }
        trouble.requireDue();
        try {
            folder.tidyAtFirst();
            Optional<Generation> generation = read();
            if (generation.isEmpty()) {
                state = folder.current().isPresent() ? State.LOST : State.ABSENT;
            }
            return generation;
        } catch (IOException | RuntimeException e) {
            if (!Damage.isIn(e)) {
                trouble.note(e);
                throw DiskTrouble.unavailable();
            }
            LOG.warnf("The index in %s cannot be read and will be built again: %s", folder, e);
            state = State.LOST;
            return Optional.empty();
        }
    }

    private Optional<Generation> read() throws IOException {
        Optional<Path> path = folder.current();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<Generation> generation = Generation.open(path.get(), settings);
        if (generation.isEmpty()) {
            LOG.infof("The index in %s is of another format and will be built again.", path.get());
        } else if (trouble.state().isPresent()) {
            generation.get().prove();
            proven = true;
        }
        return generation;
    }

    /** What was open turned out to be damaged. */
    void damaged(@Nullable Exception cause) {
        LOG.warnf("The index in %s is damaged and will be built again: %s", folder, cause);
        state = State.LOST;
    }

    /** A new generation counts. */
    void built() {
        state = State.PRESENT;
        trouble.end();
    }

    /** No generation counts any more. */
    void dropped() {
        state = State.ABSENT;
        trouble.end();
    }

    /** The trouble is over when the disk has taken a commit: just now, or when the index was opened again. */
    void endTroubleIfProven(boolean written) {
        if (written || proven) {
            trouble.end();
            proven = false;
        }
    }

    /** Whether it has to be built again although nothing in the log says so. */
    boolean isLost() {
        return state == State.LOST;
    }
}
