package dev.tandem.database.mapper;

import dev.tandem.database.entity.ChunkEntity;
import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Vector;
import jakarta.inject.Singleton;

/** Rows of {@code chunk} in, chunks out, and back. */
@Singleton
public class ChunkMapper {

    public Chunk toDomain(ChunkEntity row) {
        return new Chunk(row.documentId, row.ordinal, row.startOffset, row.endOffset, Vector.ofBytes(row.embedding));
    }

    public ChunkEntity toEntity(Chunk chunk) {
        ChunkEntity row = new ChunkEntity();
        row.documentId = chunk.documentId();
        row.ordinal = chunk.ordinal();
        row.startOffset = chunk.start();
        row.endOffset = chunk.end();
        row.embedding = chunk.vector().toBytes();
        return row;
    }
}
