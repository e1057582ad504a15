package dev.tandem.domain.metadata;

/**
 * Looks for a text in another one, in time linear in both. {@link String#contains} compares a part of "aaa...ab" anew at each place of
 * "aaa...a".
 *
 * @see <a href="https://doi.org/10.1137/0206024">Knuth, Morris, Pratt: Fast Pattern Matching in Strings</a>
 */
final class TextPart {

    /** Up to this length, comparing anew is quicker. */
    private static final int SHORT = 16;

    private TextPart() {}

    static boolean isIn(String text, String part) {
        return part.length() <= SHORT ? text.contains(part) : isIn(text, part, borders(part));
    }

    private static boolean isIn(String text, String part, int[] borders) {
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            matched = longer(part, borders, matched, text.charAt(i));
            if (matched == part.length()) {
                return true;
            }
        }
        return false;
    }

    /** For each length, how long the longest proper prefix is that is also a suffix of the part's beginning of this length. */
    private static int[] borders(String part) {
        int[] borders = new int[part.length() + 1];
        int matched = 0;
        for (int length = 2; length <= part.length(); length++) {
            matched = longer(part, borders, matched, part.charAt(length - 1));
            borders[length] = matched;
        }
        return borders;
    }

    /** How much of the part's beginning ends with this character, if {@code matched} of it ends before. */
    private static int longer(String part, int[] borders, int matched, char next) {
        int length = matched;
        while (length > 0 && part.charAt(length) != next) {
            length = borders[length];
        }
        return part.charAt(length) == next ? length + 1 : 0;
    }
}
