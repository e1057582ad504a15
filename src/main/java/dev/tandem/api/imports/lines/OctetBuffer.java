package dev.tandem.api.imports.lines;

import java.util.Arrays;

/** Collects octets, up to a bound. It grows as they come, and does not stay large. */
public final class OctetBuffer {

    private static final int USUAL = 4_096;
    /** A buffer that grew beyond this for a large line is not kept for the next lines. */
    private static final int MUCH = 65_536;

    private final int most;
    private byte[] octets = new byte[USUAL];
    private int length;
    private boolean isWhole = true;

    /** @param most how many octets are kept */
    public OctetBuffer(int most) {
        this.most = most;
    }

    /** Adds the octets of the source from one place to another, as far as there is room. */
    public void add(byte[] source, int from, int to) {
        int taken = Math.min(to - from, most - length);
        isWhole &= taken == to - from;
        if (length + taken > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + taken, Math.min(most, 2 * octets.length)));
        }
        System.arraycopy(source, from, octets, length, taken);
        length += taken;
    }

    /** Starts over. */
    public void clear() {
        length = 0;
        isWhole = true;
        if (octets.length > MUCH) {
            octets = new byte[USUAL];
        }
    }

    public int length() {
        return length;
    }

    /** Whether there was room for everything. */
    public boolean isWhole() {
        return isWhole;
    }

    /** What it has, in its own array, of which the first {@link #length} octets count. */
    public byte[] octets() {
        return octets;
    }

    public byte[] copy() {
        return Arrays.copyOf(octets, length);
    }
}
