package dev.tandem.index;

/** How much an index shows. */
public record IndexSize(long documents, long chunks) {

    public static final IndexSize EMPTY = new IndexSize(0, 0);
}
