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
 * The open generations of one index: what searches see, and what changes go to. The two are the same unless the disk has failed: then
 * searches go on from the old one until the one that was opened again has come as far. Used under the lock of the {@link IndexSlot}.
 */
final class OpenGenerations {

    private final DiskTrouble trouble;

    private @Nullable Generation shown;
    private @Nullable Generation current;

    OpenGenerations(DiskTrouble trouble) {
        this.trouble = trouble;
    }

    /** What searches see; null where nothing is open. */
    @Nullable
    Generation shown() {
        return shown;
    }

    /** What changes go to; null where nothing is open, or what was open has failed. */
    @Nullable
    Generation current() {
        return current;
    }

    /** Whether searches see what changes go to. */
    boolean isInStep() {
        return current != null && shown == current;
    }

    /** Has changes go to a generation, and searches too where nothing else is open. */
    void open(Generation generation) {
        current = generation;
        if (shown == null) {
            shown = generation;
        }
    }

    /** Gives what changes go to up. Searches still see it if they did. */
    void giveUpCurrent() {
        Generation failed = current;
        current = null;
        if (failed != null && failed != shown) {
            release(failed);
        }
    }

    /** Has searches see what changes go to, if it has come as far as what they see. */
    void promote() {
        Generation old = shown;
        if (current != null && old != null && old != current && hasComeAsFar(current, old)) {
            shown = current;
            release(old);
        }
    }

    /** Has searches and changes go to another generation, or to none. The folders of the old ones are deleted when nobody uses them. */
    void replaceBy(@Nullable Generation generation) {
        Set<Generation> old = take();
        current = generation;
        shown = generation;
        for (Generation each : old) {
            each.delete();
            release(each);
        }
    }

    /** Closes what is open. Answers it, as it may still be in use. */
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

    /** Ends a use. What was visible and could not be made durable is read from the log again. Needs no lock. */
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
