package dev.tandem.api.transfer;

import dev.tandem.domain.error.Refusal;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands a gzip body that arrives bit by bit, one or several members. A little comes out at a time, as it may be a thousand times as
 * much as went in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class Gunzip implements AutoCloseable {

    private static final int MOUTHFUL = 16_384;
    private static final int TRAILER = 2 * Integer.BYTES;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] expanded = new byte[MOUTHFUL];

    private Part part = Part.HEADER;
    private GzipHeader header = new GzipHeader();
    private long trailer;
    private int trailerLength;

    /** Takes what has come out. */
    interface Sink {
        void accept(byte[] octets, int from, int to);
    }

    private enum Part {
        HEADER,
        BODY,
        TRAILER
    }

    /** @throws Refusal.Malformed if it is no gzip */
    void feed(byte[] octets, Sink sink) {
        int at = 0;
        while (at < octets.length) {
            at = switch (part) {
                case HEADER -> readHeader(octets, at);
                case BODY -> expand(octets, at, sink);
                case TRAILER -> readTrailer(octets, at);
            };
        }
    }

    /** @throws Refusal.Malformed if the end is missing */
    void end() {
        if (part != Part.HEADER || header.hasBegun()) {
            throw broken();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int readHeader(byte[] octets, int from) {
        for (int at = from; at < octets.length; at++) {
            if (header.accept(octets[at] & 0xFF)) {
                part = Part.BODY;
                return at + 1;
            }
        }
        return octets.length;
    }

    private int expand(byte[] octets, int from, Sink sink) {
        inflater.setInput(octets, from, octets.length - from);
        try {
            int length = inflater.inflate(expanded);
            while (length > 0) {
                checksum.update(expanded, 0, length);
                sink.accept(expanded, 0, length);
                length = inflater.inflate(expanded);
            }
        } catch (DataFormatException e) {
            throw broken();
        }
        if (inflater.needsDictionary()) {
            throw broken();
        }
        if (inflater.finished()) {
            part = Part.TRAILER;
        }
        return octets.length - inflater.getRemaining();
    }

    /** The checksum and the length, least byte first. */
    private int readTrailer(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && trailerLength < TRAILER) {
            trailer |= (octets[at++] & 0xFFL) << (Byte.SIZE * trailerLength++);
        }
        if (trailerLength == TRAILER) {
            long length = inflater.getBytesWritten() & 0xFFFF_FFFFL;
            if (trailer != (checksum.getValue() | length << Integer.SIZE)) {
                throw broken();
            }
            next();
        }
        return at;
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
                "import.encoding", "", "The body's content coding is gzip, and from here on it is none.");
    }
}
