package dev.tandem.service.transfer;

import dev.tandem.domain.refusal.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param results of each line that was looked at, in their order
 * @param stopped whether the last of them, which was refused, ends the import
 */
public record ImportOutcome(List<LineResult> results, boolean stopped) {

    /** What ends the import; null where it goes on. */
    public @Nullable Refusal ending() {
        return stopped ? refused().getLast().refusal() : null;
    }

    List<LineResult.Accepted> accepted() {
        return only(LineResult.Accepted.class);
    }

    public List<LineResult.Refused> refused() {
        return only(LineResult.Refused.class);
    }

    /** A reader who has come this far sees all of it; 0 where nothing had to be written. */
    long sequence() {
        return accepted().stream()
                .mapToLong(LineResult.Accepted::sequence)
                .max()
                .orElse(0);
    }

    /** One of the documents that were written; null where nothing had to be. */
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
