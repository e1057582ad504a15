package dev.tandem.index.lucene.query;

import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Searches bytes for a sequence of bytes in linear time (Knuth, Morris, Pratt 1977), so that no choice of texts makes it slow. In UTF-8, a
 * text contains another one exactly if its bytes contain the other's.
 */
final class ByteSearch {

    private final BytesRef needle;
    /** For each length of a partial match, the length of the next shorter match with the same end. */
    private final int[] shorter;

    ByteSearch(BytesRef needle) {
        this.needle = needle;
        this.shorter = new int[needle.length + 1];
        for (int i = 1, matched = 0; i < needle.length; i++) {
            matched = extended(matched, at(i));
            shorter[i + 1] = matched;
        }
    }

    /** @param skipped how many bytes at the beginning are not searched */
    boolean isIn(BytesRef haystack, int skipped) {
        int matched = 0;
        for (int i = skipped; i < haystack.length && matched < needle.length; i++) {
            matched = extended(matched, haystack.bytes[haystack.offset + i]);
        }
        return matched == needle.length;
    }

    private int extended(int matched, byte next) {
        int length = matched;
        while (length > 0 && at(length) != next) {
            length = shorter[length];
        }
        return at(length) == next ? length + 1 : 0;
    }

    private byte at(int index) {
        return needle.bytes[needle.offset + index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByteSearch search && needle.equals(search.needle);
    }

    @Override
    public int hashCode() {
        return needle.hashCode();
    }

    @Override
    public String toString() {
        return needle.toString();
    }
}
