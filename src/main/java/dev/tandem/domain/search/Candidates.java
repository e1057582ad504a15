package dev.tandem.domain.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What an index found, best first, each document at most once in each list, both lists from one state of the index.
 *
 * @param sequence everything that the transactions up to this one did was visible
 */
public record Candidates(List<KeywordMatch> byWords, List<VectorMatch> byVector, long sequence) {

    public Candidates {
        byWords = List.copyOf(byWords);
        byVector = List.copyOf(byVector);
    }

    /** The same without vector matches below the threshold. Words are not asked: their scores know no scale. */
    public Candidates withSimilarityOf(double atLeast) {
        return new Candidates(
                byWords,
                byVector.stream().filter(match -> match.similarity() >= atLeast).toList(),
                sequence);
    }

    /** How many different documents there are. */
    public int documents() {
        Set<UUID> ids = new HashSet<>();
        byWords.forEach(match -> ids.add(match.documentId()));
        byVector.forEach(match -> ids.add(match.documentId()));
        return ids.size();
    }
}
