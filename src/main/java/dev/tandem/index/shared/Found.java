package dev.tandem.index.shared;

import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.VectorMatch;
import java.util.List;

/** What an engine found, best first, each document at most once in each list. Equal ones are in the order of their ids. */
public record Found(List<KeywordMatch> byWords, List<VectorMatch> byVector) {

    public static final Found NOTHING = new Found(List.of(), List.of());

    public Found {
        byWords = List.copyOf(byWords);
        byVector = List.copyOf(byVector);
    }
}
