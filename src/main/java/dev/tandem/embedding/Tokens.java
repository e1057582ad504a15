package dev.tandem.embedding;

import java.util.Arrays;

/**
 * The positions of a text's tokens, in UTF-16 units: in order, none empty, none splitting a surrogate pair. The model does not read what is
 * between them, such as white space.
 */
public final class Tokens {

    private final int[] starts;
    private final int[] ends;
    private final int count;

    private Tokens(int[] starts, int[] ends, int count) {
        this.starts = starts;
        this.ends = ends;
        this.count = count;
    }

    public int count() {
        return count;
    }

    /** Where a token begins. */
    public int start(int token) {
        return starts[token];
    }

    /** Where a token ends, exclusive. */
    public int end(int token) {
        return ends[token];
    }

    /** Collects tokens in the order of the text. */
    public static final class Builder {

        private int[] starts = new int[64];
        private int[] ends = new int[64];
        private int count;

        public Builder add(int start, int end) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            starts[count] = start;
            ends[count++] = end;
            return this;
        }

        public Tokens build() {
            return new Tokens(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), count);
        }
    }
}
