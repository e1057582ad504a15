package dev.tandem.domain.metadata;

/**
 * Orders texts by code point. That is the order of their UTF-8 bytes, of PostgreSQL's collation "C" and of Lucene's terms. Java compares
 * strings by UTF-16 unit and puts U+1F600 before U+FF5E.
 */
final class CodePoints {

    private CodePoints() {}

    static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
                return sameKind
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
