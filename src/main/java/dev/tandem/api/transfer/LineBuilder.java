package dev.tandem.api.transfer;

import dev.tandem.domain.transfer.RawLine;
import java.util.Arrays;
import java.util.function.Consumer;

/** Collects a line, as much of it as is allowed. */
final class LineBuilder {

    private static final int USUAL = 4_096;

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

    /** Something that no JSON has, so that what was collected is refused instead of taken for whole. */
    void addBrokenEnd() {
        add(new byte[] {'['}, 0, 1);
    }

    /** The line is complete, and handed on unless there is nothing in it. */
    void end() {
        if (!isBlank()) {
            lines.accept(new RawLine(++number, Arrays.copyOf(octets, length), isWhole));
        }
        length = 0;
        isWhole = true;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (octets[i] > ' ' || octets[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
