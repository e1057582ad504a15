package dev.tandem.service.transfer;

import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.service.document.Written;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The result of a line of an import. */
public sealed interface LineResult {

    /** The line's number, from 1. */
    long line();

    /**
     * The line is committed, or there was nothing to change.
     *
     * @param key the document's key
     * @param version the document's version
     * @param documentId the document's id
     * @param embedding whether vector searches can find it
     * @param sequence a search or list that waits for this sequence shows the line; 0 if nothing was written
     */
    record Accepted(
            long line,
            String key,
            UUID documentId,
            long version,
            Written.Effect effect,
            EmbeddingState embedding,
            long sequence)
            implements LineResult {

        static Accepted of(long line, Written written) {
            return new Accepted(
                    line,
                    written.document().key(),
                    written.document().id(),
                    written.document().version(),
                    written.effect(),
                    written.embedding(),
                    written.sequence());
        }
    }

    /**
     * Nothing of the line has been written.
     *
     * @param key as the client wrote it, shortened if it is too long; null if it can't be read
     */
    record Refused(long line, @Nullable String key, Refusal refusal) implements LineResult {

        private static final int LONGEST_KEY = 256;

        public Refused {
            key = key == null ? null : Excerpt.of(key, LONGEST_KEY);
        }

        /** Every broken rule; the refusal itself if it is not about rules. */
        public List<Violation> violations() {
            return refusal.violations().isEmpty()
                    ? List.of(new Violation("", refusal.code(), refusal.detail()))
                    : refusal.violations();
        }
    }
}
