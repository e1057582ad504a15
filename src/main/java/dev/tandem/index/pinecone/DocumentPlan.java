package dev.tandem.index.pinecone;

import dev.tandem.domain.document.Chunk;
import dev.tandem.index.IndexEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a document is replaced.
 *
 * @param chunks those that have a place
 * @param before what the store says of the document
 * @param head what it will say
 */
record DocumentPlan(IndexEntry entry, List<Chunk> chunks, Optional<Head> before, Head head) {

    static DocumentPlan of(IndexEntry entry, @Nullable Head before, long version, Records records) {
        List<Chunk> chunks = entry.chunks().stream()
                .filter(chunk -> records.takes(chunk.vector()))
                .toList();
        int bound = chunks.stream().mapToInt(chunk -> chunk.ordinal() + 1).max().orElse(0);
        return new DocumentPlan(
                entry, chunks, Optional.ofNullable(before), new Head(version, entry.stamp(), bound, true));
    }

    UUID id() {
        return entry.document().id();
    }

    /** Greater than the ordinal of every passage that exists before, after or meanwhile. */
    int bound() {
        return Math.max(head.bound(), before.map(Head::bound).orElse(0));
    }

    /** Whether the store does not say yet that these passages may exist. */
    boolean needsAnnouncement() {
        return head.bound() > before.map(Head::bound).orElse(0);
    }

    Set<String> recordIds() {
        return chunks.stream()
                .map(chunk -> Records.passageId(id(), chunk.ordinal()))
                .collect(Collectors.toSet());
    }

    static Set<String> recordIds(UUID id, int bound) {
        Set<String> ids = new HashSet<>();
        for (int ordinal = 0; ordinal < bound; ordinal++) {
            ids.add(Records.passageId(id, ordinal));
        }
        return ids;
    }
}
