package dev.tandem.service.transfer;

import dev.tandem.domain.transfer.RawLine;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.ChunksDraft;
import org.jspecify.annotations.Nullable;

/** Reads the lines of imports. How they are written is known where the world is spoken to. */
public interface LineReader {

    /**
     * What a line says.
     *
     * @param chunks what a model has made of the text already
     * @param ifVersion the version that the document must have; 0 where there must be none; null for any
     */
    record ReadLine(
            DocumentDraft draft,
            @Nullable ChunksDraft chunks,
            @Nullable Long ifVersion) {}

    /**
     * Reads a line.
     *
     * @param author who writes it; null where nobody is named
     * @throws dev.tandem.domain.refusal.Refusal if it can't be read
     */
    ReadLine read(RawLine line, @Nullable String author);

    /** The key of a line that is refused, as far as it can be made out, so that its sender finds it again. */
    @Nullable
    String keyOf(RawLine line);
}
