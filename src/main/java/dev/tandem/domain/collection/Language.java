package dev.tandem.domain.collection;

/** The language whose rules (stop words, stemming) turn a collection's text into searchable words. */
public enum Language {
    /** No language: words are lower-cased and otherwise kept. */
    NONE,
    ARABIC,
    CJK,
    CZECH,
    DANISH,
    DUTCH,
    ENGLISH,
    FINNISH,
    FRENCH,
    GERMAN,
    GREEK,
    HINDI,
    HUNGARIAN,
    INDONESIAN,
    ITALIAN,
    NORWEGIAN,
    PERSIAN,
    PORTUGUESE,
    ROMANIAN,
    RUSSIAN,
    SPANISH,
    SWEDISH,
    THAI,
    TURKISH
}
