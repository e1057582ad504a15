package dev.tandem.domain.search;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an index found, best first, each document at most once in each list, both lists from one state of the index.
 *
 * @param matching how many documents match the words and the filter; null if they were not counted
 * @param sequence every write of the transactions up to this one was visible
 */
public record Candidates(
        List<KeywordMatch> byWords,
        List<VectorMatch> byVector,
        @Nullable Long matching,
        long sequence) {

    public Candidates {
        byWords = List.copyOf(byWords);
        byVector = List.copyOf(byVector);
    }

    /** Candidates that nobody counted. */
    public Candidates(List<KeywordMatch> byWords, List<VectorMatch> byVector, long sequence) {
        this(byWords, byVector, null, sequence);
    }

    /** The same candidates without vector matches below the threshold. Keyword matches stay: their scores have no fixed scale. */
    public Candidates withSimilarityOf(double atLeast) {
        return new Candidates(
                byWords,
                byVector.stream().filter(match -> match.similarity() >= atLeast).toList(),
                matching,
                sequence);
    }

    /** The same candidates without these documents, any of which may have been counted. */
    public Candidates without(Set<UUID> documents) {
        return documents.isEmpty()
                ? this
                : new Candidates(
                        byWords.stream()
                                .filter(match -> !documents.contains(match.documentId()))
                                .toList(),
                        byVector.stream()
                                .filter(match -> !documents.contains(match.documentId()))
                                .toList(),
                        matching == null ? null : Math.max(0, matching - documents.size()),
                        sequence);
    }

    /** The first vector matches whose chunks nobody has counted, among so many first ones. */
    public List<UUID> uncounted(int first) {
        return byVector.stream()
                .limit(first)
                .filter(match -> !match.isCounted())
                .map(VectorMatch::documentId)
                .toList();
    }

    /** The same candidates with the chunks of these documents. */
    public Candidates counted(Map<UUID, Integer> chunks) {
        return new Candidates(
                byWords,
                byVector.stream()
                        .map(match -> match.withChunks(chunks.getOrDefault(match.documentId(), match.chunks())))
                        .toList(),
                matching,
                sequence);
    }

    /** The number of different documents. */
    public int documents() {
        Set<UUID> ids = new HashSet<>();
        byWords.forEach(match -> ids.add(match.documentId()));
        byVector.forEach(match -> ids.add(match.documentId()));
        return ids.size();
    }
}
