package dev.tandem.index;

import static java.util.Comparator.comparingDouble;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.VectorMatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an index of vectors should find, by looking at each vector. */
record VectorOracle(Map<UUID, IndexEntry> rows) {

    VectorOracle() {
        this(new HashMap<>());
    }

    void save(IndexEntry... entries) {
        for (IndexEntry entry : entries) {
            rows.put(entry.document().id(), entry);
        }
    }

    List<VectorMatch> nearest(Metric metric, Vector target, Filter filter, int limit) {
        return rows.values().stream()
                .filter(row -> !row.chunks().isEmpty())
                .filter(row -> filter.matches(row.document()))
                .map(row -> best(metric, target, row.document().id()))
                .sorted(comparingDouble(VectorMatch::similarity).reversed())
                .limit(limit)
                .toList();
    }

    /** The document by its best chunk. It must have one. */
    VectorMatch best(Metric metric, Vector target, UUID documentId) {
        List<Chunk> chunks = rows.get(documentId).chunks();
        return chunks.stream()
                .map(chunk -> new VectorMatch(
                        documentId, metric.similarity(target, chunk.vector()), chunk.ordinal(), chunks.size()))
                .max(comparingDouble(VectorMatch::similarity))
                .orElseThrow();
    }
}
