package dev.tandem.index;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A document as an index takes it: its row and its chunks, which may not exist yet. */
public record IndexEntry(Document document, List<Chunk> chunks) {

    /**
     * Identifies this state of the document: the first 64 bits of a SHA-256 over its version, its text, the time of its last change, and
     * its chunks with their vectors. The time distinguishes two versions that got the same number before and after a restore.
     *
     * <p>PostgreSQL computes the same from the rows, in {@code StampRepository}. An index stores the stamp that was computed when it took
     * the entry.
     */
    public long stamp() {
        Sha256 digest = new Sha256();
        digest.add(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(document.version())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, document.updatedAt()))
                .array());
        digest.add(document.contentHash().hex());
        for (Chunk chunk : chunks) {
            digest.add(ByteBuffer.allocate(3 * Integer.BYTES)
                    .putInt(chunk.ordinal())
                    .putInt(chunk.start())
                    .putInt(chunk.end())
                    .array());
            digest.add(chunk.vector().toBytes());
        }
        return ByteBuffer.wrap(digest.bytes()).getLong();
    }
}
