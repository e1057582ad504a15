package dev.tandem.api.imports.csv;

import dev.tandem.api.csv.Columns;
import dev.tandem.api.gate.Utf8;
import dev.tandem.api.imports.lines.OctetBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The row that is being read. It keeps no more octets than a line may have, and no more cells than there can be columns. */
final class Row {

    /** One more than there can be columns, so that too many can be told from enough. */
    private static final int MOST_CELLS = Columns.MOST + 1;

    private final OctetBuffer cells;
    private final int[] ends = new int[MOST_CELLS];
    private final boolean[] quoted = new boolean[MOST_CELLS];
    private int size;
    private int sound;
    private boolean isQuoted;
    private boolean isBroken;
    private long line = 1;

    /** @param longest how many octets all cells together may have */
    Row(int longest) {
        this.cells = new OctetBuffer(longest);
    }

    void add(byte[] source, int from, int to) {
        cells.add(source, from, to);
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
            ends[size] = cells.length();
            quoted[size] = isQuoted;
            size++;
            if (!isBroken && cells.isWhole()) {
                sound = size;
            }
        }
        isQuoted = false;
    }

    /** Starts over, with the row that begins in this line of the file. */
    void begin(long newLine) {
        cells.clear();
        size = 0;
        sound = 0;
        isQuoted = false;
        isBroken = false;
        line = newLine;
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
        return cells.isWhole();
    }

    /** Whether its quotes are wrong, so that nobody knows where its cells end. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether the cell ended before anything that makes the row too long or its quotes wrong. */
    boolean isSound(int cell) {
        return cell < sound;
    }

    /** Whether nothing of it has been read yet. */
    boolean isUntouched() {
        return size == 0 && cells.length() == 0 && !isQuoted;
    }

    /** Whether it has nothing in any cell. */
    boolean isBlank() {
        return cells.length() == 0 && IntStream.range(0, size).noneMatch(this::isPresent);
    }

    boolean isUtf8() {
        return Utf8.isValid(cells.copy());
    }

    /** Whether the cell has something in it. Two quotes are an empty text, which is something. */
    boolean isPresent(int cell) {
        return cell < size && (quoted[cell] || ends[cell] > start(cell));
    }

    String cell(int cell) {
        return new String(cells.octets(), start(cell), ends[cell] - start(cell), StandardCharsets.UTF_8);
    }

    /** All octets, of which each cell has its own. */
    byte[] octets() {
        return cells.octets();
    }

    int start(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    int end(int cell) {
        return ends[cell];
    }

    /** Whether the first cell, which has ended, begins so, without quotes. */
    boolean firstCellBeginsWith(byte[] text) {
        return !quoted[0]
                && ends[0] >= text.length
                && Arrays.equals(cells.octets(), 0, text.length, text, 0, text.length);
    }

    /** Whether what has been read of the first cell is this, without quotes. */
    boolean beginsWith(byte[] text) {
        return size == 0 && !isQuoted && Arrays.equals(cells.octets(), 0, cells.length(), text, 0, text.length);
    }
}
