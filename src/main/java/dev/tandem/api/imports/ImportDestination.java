package dev.tandem.api.imports;

import dev.tandem.domain.transfer.RawLine;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The destination of an import's lines, which also answers the import. All calls are on the request's event loop. */
interface ImportDestination {

    /** Whether the client waits for the results of single lines. Small batches are then not held back for long. */
    boolean answersLines();

    /**
     * Accepts lines. Preparation that is possible while other lines are written starts at once.
     *
     * @return writes the lines when it is subscribed to, which happens for one batch at a time and in their order. Emits the reason if the
     *     import ends before its body does; null if it continues
     */
    Uni<@Nullable Throwable> take(List<RawLine> lines);

    /**
     * Completes the answer after the last batch. Never fails.
     *
     * @param failure why the import ended before its body did; null if it reached its end
     */
    Uni<Void> end(@Nullable Throwable failure);

    /** The client has disconnected before the end of the body. */
    void vanish();
}
