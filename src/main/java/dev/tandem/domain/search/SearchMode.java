package dev.tandem.domain.search;

/** What decides a hit's place: words, meaning, or both. */
public enum SearchMode {
    HYBRID,
    KEYWORD,
    VECTOR;

    public boolean usesWords() {
        return this != VECTOR;
    }

    public boolean usesVectors() {
        return this != KEYWORD;
    }
}
