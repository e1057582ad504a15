package dev.tandem.service.transfer;

import dev.tandem.domain.document.EmbeddingState;
import dev.tandem.domain.refusal.Excerpt;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.service.document.Written;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a line of an import. */
public sealed interface LineResult {

    /** Where it stands, from 1. */
    long line();

    /**
     * It is committed, or there was nothing to change.
     *
     * @param key the document's
     * @param version the document's
     * @param documentId the document's
     * @param embedding whether it can be found by what it means
     * @param sequence a reader who has come this far sees it; 0 where nothing had to be written
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
     * Nothing of it has been written.
     *
     * @param key as its sender wrote it, the beginning of one that is too long to be one; null where it can't be made out
     */
    record Refused(long line, @Nullable String key, Refusal refusal) implements LineResult {

        private static final int LONGEST_KEY = 256;

        public Refused {
            key = key == null ? null : Excerpt.of(key, LONGEST_KEY);
        }
    }
}
