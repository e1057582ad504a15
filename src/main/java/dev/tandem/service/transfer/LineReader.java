package dev.tandem.service.transfer;

import dev.tandem.domain.transfer.RawLine;
import org.jspecify.annotations.Nullable;

/** Reads the lines of imports. How they are written is known where the world is spoken to. */
public interface LineReader {

    /**
     * Reads a line. One that can't be read is {@link ImportLine.Unreadable}, and says why.
     *
     * @param author who writes it; null where nobody is named
     */
    ImportLine read(RawLine line, @Nullable String author);
}
