package dev.tandem.index.shared;

import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine found, best first, each document at most once in each list. Equal ones are in the order of their ids.
 *
 * @param matching how many documents match the words and the filter; null if they were not counted
 */
public record Found(
        List<KeywordMatch> byWords,
        List<VectorMatch> byVector,
        @Nullable Long matching) {

    /** What a query finds that asks for no word and no vector. */
    public static final Found NOTHING = new Found(List.of(), List.of(), 0L);

    public Found {
        byWords = List.copyOf(byWords);
        byVector = List.copyOf(byVector);
    }

    /** What nobody counted. */
    public Found(List<KeywordMatch> byWords, List<VectorMatch> byVector) {
        this(byWords, byVector, null);
    }
}
