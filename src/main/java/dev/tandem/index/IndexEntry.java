package dev.tandem.index;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(document.version())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, document.updatedAt()))
                .array());
        digest.update(document.contentHash().hex().getBytes(StandardCharsets.UTF_8));
        for (Chunk chunk : chunks) {
            digest.update(ByteBuffer.allocate(3 * Integer.BYTES)
                    .putInt(chunk.ordinal())
                    .putInt(chunk.start())
                    .putInt(chunk.end())
                    .array());
            digest.update(chunk.vector().toBytes());
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
