package dev.tandem.repository;

import dev.tandem.database.session.SingleReads;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.embedding.VectorSet;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds the vectors of a few chunks, or counts those of some documents, in one statement and outside of any block of work. */
@Singleton
public class ChunkLookup {

    /** The key of the table finds each one. */
    private static final String FIND = """
            select chunk.document_id, chunk.embedding
            from unnest(cast($1 as uuid[]), cast($2 as integer[])) as wanted (document_id, ordinal)
            join chunk on chunk.document_id = wanted.document_id and chunk.vector_set = $3 and chunk.ordinal = wanted.ordinal
            """;

    /** The key leads to the last one of each document, so a long one costs no more than a short one. */
    private static final String COUNT = """
            select wanted.document_id,
                   (select max(ordinal) from chunk where document_id = wanted.document_id and vector_set = $2)
            from unnest(cast($1 as uuid[])) as wanted (document_id)
            """;

    private final SingleReads reads;

    ChunkLookup(SingleReads reads) {
        this.reads = reads;
    }

    /**
     * The vector of one chunk of each document; the map has no entry for a chunk that does not exist.
     *
     * @param ordinals the number of the chunk, by the id of its document
     */
    public Uni<Map<UUID, Vector>> vectors(VectorSet set, Map<UUID, Integer> ordinals) {
        UUID[] documents = ordinals.keySet().toArray(UUID[]::new);
        Integer[] numbers = new Integer[documents.length];
        for (int i = 0; i < documents.length; i++) {
            numbers[i] = ordinals.get(documents[i]);
        }
        return reads.read(FIND, Tuple.of(documents, numbers, set.number()), ChunkLookup::vectors);
    }

    /** How many chunks each of these documents has in a set; the map has no entry for one that has none. */
    Uni<Map<UUID, Integer>> counts(VectorSet set, List<UUID> documentIds) {
        return reads.read(COUNT, Tuple.of(documentIds.toArray(UUID[]::new), set.number()), ChunkLookup::counts);
    }

    private static Map<UUID, Integer> counts(RowSet<Row> rows) {
        Map<UUID, Integer> counts = new HashMap<>();
        for (Row row : rows) {
            Integer last = row.getInteger(1);
            if (last != null) {
                counts.put(row.getUUID(0), last + 1);
            }
        }
        return counts;
    }

    private static Map<UUID, Vector> vectors(RowSet<Row> rows) {
        Map<UUID, Vector> vectors = new HashMap<>();
        for (Row row : rows) {
            vectors.put(row.getUUID(0), Vector.ofBytes(row.getBuffer(1).getBytes()));
        }
        return vectors;
    }
}
