package dev.tandem.api.imports;

import dev.tandem.domain.transfer.RawLine;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of an import go, and what it is answered. Everything is called on the request's event loop.
 */
interface ImportDestination {

    /** Whether somebody waits for the answers to single lines: then a few lines are not kept back until there are many. */
    boolean answersLines();

    /**
     * Takes lines. Whatever can be got ready while others are written begins at once.
     *
     * @return writes the lines when it is subscribed to, which happens for one batch at a time and in their order. Emits what ends the
     *     import before its body does; null where it goes on
     */
    Uni<@Nullable Throwable> take(List<RawLine> lines);

    /**
     * Ends the answer, after the last batch. Never fails.
     *
     * @param failure what ended the import before its body did; null where it came to its end
     */
    Uni<Void> end(@Nullable Throwable failure);

    /** The caller has gone before the body's end. */
    void vanish();
}
