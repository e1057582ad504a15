package dev.tandem.api.imports.lines;

import dev.tandem.domain.transfer.RawLine;
import java.util.function.Consumer;

/** The format of a body, which tells where its lines end. */
public interface Form {

    /** Lines of JSON, or a JSON array. */
    Form JSON = new Form() {
        @Override
        public Cutter cutter(int longestLine, Consumer<RawLine> lines) {
            return new Splitter(longestLine, lines);
        }

        @Override
        public boolean isQuick() {
            return true;
        }
    };

    /**
     * Cuts a body of this format.
     *
     * @param longestLine in bytes
     * @param lines receives the lines, as JSON
     */
    Cutter cutter(int longestLine, Consumer<RawLine> lines);

    /** Whether an event loop can cut it. */
    boolean isQuick();
}
