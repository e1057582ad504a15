package dev.tandem.index.pgvector;

import dev.tandem.domain.document.Chunk;
import dev.tandem.index.IndexEntry;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Chunks that one statement writes: those that fit the space. */
record ChunkBatch(List<Chunk> chunks, List<float[]> vectors) {

    /** How many numbers a statement has: 4 MB. */
    private static final int MOST = 1 << 20;

    private static final int MOST_CHUNKS = 2_000;

    /** @param taken the documents whose chunks count */
    static List<ChunkBatch> of(Space space, List<IndexEntry> entries, Set<UUID> taken) {
        int most = Math.clamp(MOST / Math.max(1, space.shape().dimensions()), 1, MOST_CHUNKS);
        List<ChunkBatch> batches = new ArrayList<>();
        ChunkBatch batch = null;
        for (IndexEntry entry : entries) {
            if (!taken.contains(entry.document().id())) {
                continue;
            }
            for (Chunk chunk : entry.chunks()) {
                if (!space.takes(chunk.vector())) {
                    continue;
                }
                if (batch == null || batch.chunks.size() >= most) {
                    batch = new ChunkBatch(new ArrayList<>(), new ArrayList<>());
                    batches.add(batch);
                }
                batch.chunks.add(chunk);
                batch.vectors.add(space.stored(chunk.vector()));
            }
        }
        return batches;
    }

    /** The documents, and the chunks that they have now. */
    static Tuple places(Set<UUID> owners, List<ChunkBatch> batches) {
        List<Chunk> all =
                batches.stream().flatMap(batch -> batch.chunks.stream()).toList();
        return Tuple.of(owners.toArray(UUID[]::new), owners(all), ordinals(all));
    }

    /** The parameters. An array of arrays would be flattened by PostgreSQL, so all vectors are one array. */
    Tuple tuple(int dimensions) {
        Float[] numbers = new Float[vectors.size() * dimensions];
        int next = 0;
        for (float[] vector : vectors) {
            for (float number : vector) {
                numbers[next++] = number;
            }
        }
        return Tuple.of(owners(chunks), ordinals(chunks), numbers, dimensions);
    }

    private static UUID[] owners(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::documentId).toArray(UUID[]::new);
    }

    private static Integer[] ordinals(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::ordinal).toArray(Integer[]::new);
    }
}
