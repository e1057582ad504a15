package dev.tandem.api.imports.lines;

import dev.tandem.domain.refusal.Refusal;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a gzip body that arrives in pieces and may have several members. It returns a small piece at a time, because the result may
 * be a thousand times as large as the input.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class Gunzip implements AutoCloseable {

    private static final int TRAILER = 2 * Integer.BYTES;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();

    private byte[] packed = new byte[0];
    private int at;
    private Part part = Part.HEADER;
    private GzipHeader header = new GzipHeader();
    private long trailer;
    private int trailerLength;

    private enum Part {
        HEADER,
        BODY,
        TRAILER
    }

    /** Accepts the next piece. Everything before it must have been read. */
    void feed(byte[] octets) {
        packed = octets;
        at = 0;
    }

    /**
     * Reads the next octets and returns their number; 0 if more input is needed.
     *
     * @throws Refusal.Malformed if the input is not gzip
     */
    int read(byte[] expanded) {
        // Between the parts of the format no octets are returned. Octets may remain even if all input has been
        // consumed.
        while (at < packed.length || part == Part.BODY) {
            switch (part) {
                case HEADER -> readHeader();
                case BODY -> {
                    int length = expand(expanded);
                    if (length > 0 || part == Part.BODY) {
                        return length;
                    }
                }
                case TRAILER -> readTrailer();
            }
        }
        return 0;
    }

    /** @throws Refusal.Malformed if the input is not complete */
    void end() {
        if (part != Part.HEADER || header.hasBegun()) {
            throw broken();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void readHeader() {
        while (part == Part.HEADER && at < packed.length) {
            if (header.accept(packed[at++] & 0xFF)) {
                part = Part.BODY;
            }
        }
    }

    private int expand(byte[] expanded) {
        inflater.setInput(packed, at, packed.length - at);
        int length;
        try {
            length = inflater.inflate(expanded);
        } catch (DataFormatException e) {
            throw broken();
        }
        if (inflater.needsDictionary()) {
            throw broken();
        }
        checksum.update(expanded, 0, length);
        at = packed.length - inflater.getRemaining();
        if (inflater.finished()) {
            part = Part.TRAILER;
        }
        return length;
    }

    /** The checksum and the length, least significant byte first. */
    private void readTrailer() {
        while (at < packed.length && trailerLength < TRAILER) {
            trailer |= (packed[at++] & 0xFFL) << (Byte.SIZE * trailerLength++);
        }
        if (trailerLength == TRAILER) {
            long length = inflater.getBytesWritten() & 0xFFFF_FFFFL;
            if (trailer != (checksum.getValue() | length << Integer.SIZE)) {
                throw broken();
            }
            next();
        }
    }

    private void next() {
        inflater.reset();
        checksum.reset();
        header = new GzipHeader();
        trailer = 0;
        trailerLength = 0;
        part = Part.HEADER;
    }

    static Refusal broken() {
        return new Refusal.Malformed(
                "import.encoding", "", "The body's content coding is gzip, but from here on it is not gzip.");
    }
}
