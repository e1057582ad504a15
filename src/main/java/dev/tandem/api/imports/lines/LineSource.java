package dev.tandem.api.imports.lines;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a body that is still arriving. What has arrived is decompressed and cut a step at a time, so that the caller can pause
 * between two lines: one packet may contain thousands of lines or, compressed, millions.
 */
public final class LineSource implements AutoCloseable {

    private static final int MOUTHFUL = 16_384;

    /** How many times the longest line may come without a line: white space, or a line that is far too long. */
    private static final int STRETCH = 16;

    private final Cutter cutter;
    private final @Nullable Gunzip gunzip;
    private final long longestStretch;
    private byte[] plain;
    private int at;
    private int end;
    private boolean isDrained = true;
    private long size;
    private long lineEnd;

    /** The lines of a body of JSON. */
    public LineSource(boolean isGzip, int longestLine, Consumer<RawLine> lines) {
        this(Form.JSON, isGzip, longestLine, lines);
    }

    /**
     * @param longestLine in bytes
     * @param lines receives them
     */
    public LineSource(Form form, boolean isGzip, int longestLine, Consumer<RawLine> lines) {
        this.cutter = form.cutter(longestLine, line -> {
            lineEnd = size;
            lines.accept(line);
        });
        this.longestStretch = (long) STRETCH * longestLine;
        this.gunzip = isGzip ? new Gunzip() : null;
        this.plain = new byte[isGzip ? MOUTHFUL : 0];
    }

    /** Accepts what has arrived. Everything before it must have been cut. */
    public void feed(byte[] octets) {
        isDrained = false;
        if (gunzip == null) {
            plain = octets;
            at = 0;
            end = octets.length;
        } else {
            gunzip.feed(octets);
        }
    }

    /**
     * Continues to the end of the next line, or of what has arrived; returns false if nothing is left.
     *
     * @throws Refusal.Malformed if the body should be gzip and is not, or nothing of it could be imported
     * @throws Refusal.TooLarge if far too much has come without a line
     */
    public boolean cut() {
        if (at == end && gunzip != null) {
            at = 0;
            end = gunzip.read(plain);
        }
        if (at == end) {
            isDrained = true;
            return false;
        }
        int from = at;
        at = cutter.take(plain, at, end);
        size += at - from;
        if (size - lineEnd > longestStretch) {
            throw new Refusal.TooLarge(
                    "import.no_line",
                    "There are more than " + longestStretch + " bytes without a line that could be imported.");
        }
        return true;
    }

    /** Whether {@link #cut} has not yet returned false for what has arrived. */
    public boolean hasMore() {
        return !isDrained;
    }

    /** How many octets have been cut so far, after they were expanded. */
    public long size() {
        return size;
    }

    /**
     * Ends the last line. All of the body must have arrived and been cut.
     *
     * @throws Refusal.Malformed if the gzip breaks off
     */
    public void end() {
        if (gunzip != null) {
            gunzip.end();
        }
        cutter.end();
    }

    @Override
    public void close() {
        if (gunzip != null) {
            gunzip.close();
        }
    }
}
