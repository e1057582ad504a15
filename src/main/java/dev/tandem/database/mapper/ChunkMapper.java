package dev.tandem.database.mapper;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.embedding.Vector;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Maps rows of {@code chunk} to chunks, and back. */
@Singleton
public class ChunkMapper {

    public Chunk toDomain(ChunkEntity row) {
        return new Chunk(row.documentId, row.ordinal, row.startOffset, row.endOffset, Vector.ofBytes(row.embedding));
    }

    /**
     * All chunks of a document.
     *
     * @param packed the chunks one after the other, each as its start, its end, the number of bytes of its vector, and these bytes
     */
    public List<Chunk> toDomain(UUID documentId, byte[] packed) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(packed);
        while (rest.hasRemaining()) {
            int start = rest.getInt();
            int end = rest.getInt();
            byte[] vector = new byte[rest.getInt()];
            rest.get(vector);
            chunks.add(new Chunk(documentId, chunks.size(), start, end, Vector.ofBytes(vector)));
        }
        return chunks;
    }

    /** @param vectorSet the number of the set that the chunk belongs to */
    public ChunkEntity toEntity(Chunk chunk, int vectorSet) {
        ChunkEntity row = new ChunkEntity();
        row.documentId = chunk.documentId();
        row.vectorSet = vectorSet;
        row.ordinal = chunk.ordinal();
        row.startOffset = chunk.start();
        row.endOffset = chunk.end();
        row.embedding = chunk.vector().toBytes();
        return row;
    }
}
