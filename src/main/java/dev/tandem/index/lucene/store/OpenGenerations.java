package dev.tandem.index.lucene.store;

import dev.tandem.domain.change.Position;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * The open generations of one index: the one that searches see, and the one that takes changes. They are the same unless the disk has
 * failed. In that case searches keep the old one until the reopened one has caught up with it. Changed under the lock of the {@link
 * IndexSlot}, and read without it too.
 */
final class OpenGenerations {

    private final DiskTrouble trouble;

    private volatile @Nullable Generation shown;
    private volatile @Nullable Generation current;

    OpenGenerations(DiskTrouble trouble) {
        this.trouble = trouble;
    }

    /** The generation that searches see; null if none is open. */
    @Nullable
    Generation shown() {
        return shown;
    }

    /** The generation that takes changes; null if none is open, or if the open one has failed. */
    @Nullable
    Generation current() {
        return current;
    }

    /** Whether searches see the generation that takes changes. */
    boolean isInStep() {
        return current != null && shown == current;
    }

    /** Uses a generation for changes, and for searches too if they have none. */
    void open(Generation generation) {
        current = generation;
        if (shown == null) {
            shown = generation;
        }
    }

    /** Stops using the current generation for changes. Searches that see it still do. */
    void giveUpCurrent() {
        Generation failed = current;
        current = null;
        if (failed != null && failed != shown) {
            release(failed);
        }
    }

    /** Lets searches see the generation that takes changes, if it has caught up with what they see. */
    void promote() {
        Generation old = shown;
        if (current != null && old != null && old != current && hasComeAsFar(current, old)) {
            shown = current;
            release(old);
        }
    }

    /**
     * Uses another generation, or none, for searches and changes. The folders of the old ones are deleted when they are no longer in use.
     */
    void replaceBy(@Nullable Generation generation) {
        Set<Generation> old = take();
        current = generation;
        shown = generation;
        for (Generation each : old) {
            each.delete();
            release(each);
        }
    }

    /** Closes what is open. Returns it, because it may still be in use. */
    Set<Generation> close() {
        Set<Generation> open = take();
        open.forEach(this::release);
        return open;
    }

    private Set<Generation> take() {
        Set<Generation> open =
                Stream.of(shown, current).filter(Objects::nonNull).collect(Collectors.toSet());
        shown = null;
        current = null;
        return open;
    }

    /** Ends a use. What was visible but could not be committed will be read from the log again. Needs no lock. */
    void release(Generation generation) {
        try {
            generation.release();
        } catch (IOException | AlreadyClosedException e) {
            trouble.note(e);
        }
    }

    private static boolean hasComeAsFar(Generation generation, Generation other) {
        Position place = generation.position().orElse(Position.START);
        Position wanted = other.position().orElse(Position.START);
        return place.sequence() >= wanted.sequence()
                && wanted.pending()
                        .keySet()
                        .containsAll(place.pending().headMap(wanted.txid()).keySet());
    }
}
