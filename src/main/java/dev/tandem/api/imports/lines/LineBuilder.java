package dev.tandem.api.imports.lines;

import dev.tandem.domain.transfer.RawLine;
import java.util.function.Consumer;

/** Collects the octets of a line, up to the allowed length. */
final class LineBuilder {

    private static final byte[] BROKEN_END = {'['};

    private final OctetBuffer line;
    private final Consumer<RawLine> lines;
    private long number;

    LineBuilder(int longest, Consumer<RawLine> lines) {
        this.line = new OctetBuffer(longest);
        this.lines = lines;
    }

    void add(byte[] source, int from, int to) {
        line.add(source, from, to);
    }

    /** The line is complete. It is passed on unless it is blank. */
    void end() {
        if (isBlank()) {
            line.clear();
        } else {
            handOn();
        }
    }

    /** The line ends where it must not end. It is passed on so that it can't be read. */
    void endBroken() {
        // No JSON ends like this. If there is no room for it, the line is too long anyway.
        add(BROKEN_END, 0, BROKEN_END.length);
        handOn();
    }

    /** Whether the line is blank so far. */
    boolean isBlank() {
        byte[] octets = line.octets();
        for (int i = 0; i < line.length(); i++) {
            if (!Splitter.isBlank(octets[i])) {
                return false;
            }
        }
        return true;
    }

    private void handOn() {
        lines.accept(new RawLine(++number, line.copy(), line.isWhole()));
        line.clear();
    }
}
