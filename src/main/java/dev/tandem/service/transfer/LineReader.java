package dev.tandem.service.transfer;

import dev.tandem.domain.transfer.RawLine;
import dev.tandem.factory.document.ChunksDraft;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentPatch;
import org.jspecify.annotations.Nullable;

/** Reads the lines of imports. The room {@code api} implements it, because it knows the format of the lines. */
public interface LineReader {

    /**
     * The content of a line.
     *
     * @param chunks the chunks that a model has already made from the text
     * @param ifVersion the version that the document must have; 0 if it must not exist; null for any
     */
    record ReadLine(
            DocumentDraft draft,
            @Nullable ChunksDraft chunks,
            @Nullable Long ifVersion) {}

    /**
     * The content of a line that is a merge patch.
     *
     * @param key of the document that it changes; null if the line has none
     * @param ifVersion the version that the document must have; null for any
     */
    record ReadPatch(
            @Nullable String key,
            DocumentPatch patch,
            @Nullable Long ifVersion) {}

    /**
     * Reads a line that is a document.
     *
     * @param author the author of the line; null if the client named none
     * @throws dev.tandem.domain.refusal.Refusal if it can't be read
     */
    ReadLine read(RawLine line, @Nullable String author);

    /**
     * Reads a line that is a merge patch.
     *
     * @throws dev.tandem.domain.refusal.Refusal if it can't be read
     */
    ReadPatch readPatch(RawLine line);

    /** The key of a refused line, as far as it can be read, so that the client can find the line. */
    @Nullable
    String keyOf(RawLine line);
}
