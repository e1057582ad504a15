package dev.tandem.api.imports.lines;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.RawLine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body of lines on its way. What has arrived is expanded and cut a step at a time, so that whoever takes the lines can stop between
 * two: the octets of one packet may be thousands of lines, and packed, millions.
 */
public final class LineSource implements AutoCloseable {

    private static final int MOUTHFUL = 16_384;

    private final Splitter splitter;
    private final @Nullable Gunzip gunzip;
    private byte[] plain;
    private int at;
    private int end;

    /**
     * @param longestLine in bytes
     * @param lines takes them
     */
    public LineSource(boolean isGzip, int longestLine, Consumer<RawLine> lines) {
        this.splitter = new Splitter(longestLine, lines);
        this.gunzip = isGzip ? new Gunzip() : null;
        this.plain = new byte[isGzip ? MOUTHFUL : 0];
    }

    /** Takes what has arrived, after all that had arrived before has been cut. */
    public void feed(byte[] octets) {
        if (gunzip == null) {
            plain = octets;
            at = 0;
            end = octets.length;
        } else {
            gunzip.feed(octets);
        }
    }

    /**
     * Goes on to the end of the next line, or of what there is; answers false where nothing is left.
     *
     * @throws Refusal.Malformed if it is no gzip
     */
    public boolean cut() {
        if (at == end && gunzip != null) {
            at = 0;
            end = gunzip.read(plain);
        }
        if (at == end) {
            return false;
        }
        at = splitter.take(plain, at, end);
        return true;
    }

    /**
     * All has arrived and been cut: what is left is the last line.
     *
     * @throws Refusal.Malformed if the gzip breaks off
     */
    public void end() {
        if (gunzip != null) {
            gunzip.end();
        }
        splitter.end();
    }

    @Override
    public void close() {
        if (gunzip != null) {
            gunzip.close();
        }
    }
}
