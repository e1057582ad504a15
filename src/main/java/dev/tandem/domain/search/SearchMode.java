package dev.tandem.domain.search;

/** Which searches decide a hit's place: keyword search, vector search, or both. */
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
