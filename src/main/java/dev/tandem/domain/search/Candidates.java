package dev.tandem.domain.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What an index found, best first, each document at most once in each list, both lists from one state of the index.
 *
 * @param sequence every write of the transactions up to this one was visible
 */
public record Candidates(List<KeywordMatch> byWords, List<VectorMatch> byVector, long sequence) {

    public Candidates {
        byWords = List.copyOf(byWords);
        byVector = List.copyOf(byVector);
    }

    /** The same candidates without vector matches below the threshold. Keyword matches stay: their scores have no fixed scale. */
    public Candidates withSimilarityOf(double atLeast) {
        return new Candidates(
                byWords,
                byVector.stream().filter(match -> match.similarity() >= atLeast).toList(),
                sequence);
    }

    /** The same candidates without these documents. */
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
