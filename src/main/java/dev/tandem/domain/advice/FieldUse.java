package dev.tandem.domain.advice;

/** What a statement does with a field of the metadata. */
public enum FieldUse {
    /** Compares it for being equal to a value, or to one of several. An index serves this. */
    EQUAL,

    /** Compares it with a bound, or as a date. */
    RANGE,

    /** Any other condition: that it exists, that it has a part of a text, that it is near a place, or that a condition does not hold. */
    OTHER,

    /** Orders documents by it. */
    SORT,

    /** Orders a list in a way that a declared index of the field would serve. Such a statement is one of {@link #SORT} too. */
    INDEXABLE
}
