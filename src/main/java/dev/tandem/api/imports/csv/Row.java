package dev.tandem.api.imports.csv;

import dev.tandem.api.csv.Columns;
import dev.tandem.api.gate.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The row that is being read. It keeps no more octets than a line may have, and no more cells than there can be columns. */
final class Row {

    private static final int USUAL = 4_096;
    /** A buffer that grew beyond this for a large row is not kept for the next rows. */
    private static final int MUCH = 65_536;
    /** One more than there can be columns, so that too many can be told from enough. */
    private static final int MOST_CELLS = Columns.MOST + 1;

    private final int longest;
    private byte[] octets = new byte[USUAL];
    private int length;
    private final int[] ends = new int[MOST_CELLS];
    private final boolean[] quoted = new boolean[MOST_CELLS];
    private int size;
    private boolean isQuoted;
    private boolean isWhole = true;
    private boolean isBroken;
    private long line = 1;

    /** @param longest how many octets all cells together may have */
    Row(int longest) {
        this.longest = longest;
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

    /** The cell that is being read is in quotes. */
    void quote() {
        isQuoted = true;
    }

    /** A quote is where none may be, or is missing. */
    void breakQuotes() {
        isBroken = true;
    }

    void endCell() {
        if (size < MOST_CELLS) {
            ends[size] = length;
            quoted[size] = isQuoted;
            size++;
        }
        isQuoted = false;
    }

    /** Starts over, with the row that begins in this line of the file. */
    void begin(long newLine) {
        length = 0;
        size = 0;
        isQuoted = false;
        isWhole = true;
        isBroken = false;
        line = newLine;
        if (octets.length > MUCH) {
            octets = new byte[USUAL];
        }
    }

    /** The line of the file in which it begins, from 1. */
    long line() {
        return line;
    }

    /** How many cells it has, as far as they are counted. */
    int size() {
        return size;
    }

    /** Whether it is not longer than allowed. */
    boolean isWhole() {
        return isWhole;
    }

    /** Whether its quotes are wrong, so that nobody knows where its cells end. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether nothing of it has been read yet. */
    boolean isUntouched() {
        return size == 0 && length == 0 && !isQuoted;
    }

    /** Whether it has nothing in any cell. */
    boolean isBlank() {
        return length == 0 && IntStream.range(0, size).noneMatch(this::isPresent);
    }

    boolean isUtf8() {
        return Utf8.isValid(Arrays.copyOf(octets, length));
    }

    /** Whether the cell has something in it. Two quotes are an empty text, which is something. */
    boolean isPresent(int cell) {
        return cell < size && (quoted[cell] || ends[cell] > start(cell));
    }

    String cell(int cell) {
        return new String(octets, start(cell), ends[cell] - start(cell), StandardCharsets.UTF_8);
    }

    /** All octets, of which each cell has its own. */
    byte[] octets() {
        return octets;
    }

    int start(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    int end(int cell) {
        return ends[cell];
    }

    /** Whether what has been read of the first cell is this, without quotes. */
    boolean beginsWith(byte[] text) {
        return size == 0 && !isQuoted && Arrays.equals(octets, 0, length, text, 0, text.length);
    }
}
