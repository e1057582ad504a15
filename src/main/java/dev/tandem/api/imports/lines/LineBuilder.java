package dev.tandem.api.imports.lines;

import dev.tandem.domain.transfer.RawLine;
import java.util.Arrays;
import java.util.function.Consumer;

/** Collects the octets of a line, up to the allowed length. */
final class LineBuilder {

    private static final int USUAL = 4_096;
    /** A buffer that grew beyond this for a large line is not kept for the next lines. */
    private static final int MUCH = 65_536;

    private static final byte[] BROKEN_END = {'['};

    private final int longest;
    private final Consumer<RawLine> lines;
    private byte[] octets = new byte[USUAL];
    private int length;
    private boolean isWhole = true;
    private long number;

    LineBuilder(int longest, Consumer<RawLine> lines) {
        this.longest = longest;
        this.lines = lines;
    }

    void add(byte[] source, int from, int to) {
        int taken = Math.min(to - from, longest - length);
        isWhole &= taken == to - from;
        if (length + taken > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + taken, Math.min(longest, 2 * octets.length)));
        }
        System.arraycopy(source, from, octets, length, taken);
        length += taken;
    }

    /** The line is complete. It is passed on unless it is blank. */
    void end() {
        if (isBlank()) {
            clear();
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
        for (int i = 0; i < length; i++) {
            if (!Splitter.isBlank(octets[i])) {
                return false;
            }
        }
        return true;
    }

    private void handOn() {
        lines.accept(new RawLine(++number, Arrays.copyOf(octets, length), isWhole));
        clear();
    }

    private void clear() {
        length = 0;
        isWhole = true;
        if (octets.length > MUCH) {
            octets = new byte[USUAL];
        }
    }
}
