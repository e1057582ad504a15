package dev.tandem.service.transfer;

import dev.tandem.domain.refusal.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The results of a batch.
 *
 * @param results of each processed line, in order
 * @param stopped whether the last of them was refused and ends the import
 */
public record ImportOutcome(List<LineResult> results, boolean stopped) {

    /** Why the import ends; null if it continues. */
    public @Nullable Refusal ending() {
        return stopped ? refused().getLast().refusal() : null;
    }

    public List<LineResult.Accepted> accepted() {
        return only(LineResult.Accepted.class);
    }

    public List<LineResult.Refused> refused() {
        return only(LineResult.Refused.class);
    }

    /** A search or list that waits for this sequence shows the whole batch; 0 if nothing was written. */
    public long sequence() {
        return accepted().stream()
                .mapToLong(LineResult.Accepted::sequence)
                .max()
                .orElse(0);
    }

    /** One of the written documents; null if nothing was written. */
    @Nullable
    UUID witness() {
        return accepted().stream()
                .filter(line -> line.sequence() > 0)
                .map(LineResult.Accepted::documentId)
                .findFirst()
                .orElse(null);
    }

    private <R extends LineResult> List<R> only(Class<R> kind) {
        return results.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
