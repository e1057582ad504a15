package dev.tandem.index;

/** How far words are from each other, by the definition: what every other way to find similar words is compared with. */
public final class Typos {

    private Typos() {}

    /** Whether a word counts as another one with typos in it. */
    public static boolean isLike(String word, String other) {
        int[] one = word.codePoints().toArray();
        int[] two = other.codePoints().toArray();
        return word.equals(other)
                || one.length > 0 && two.length > 0 && one[0] == two[0] && edits(one, two) <= allowed(one.length);
    }

    private static int allowed(int length) {
        if (length <= 2) {
            return 0;
        }
        return length <= 5 ? 1 : 2;
    }

    public static int edits(String one, String two) {
        return edits(one.codePoints().toArray(), two.codePoints().toArray());
    }

    /** Letters that are added, left out, exchanged, or swapped with their neighbour; none of them twice. */
    private static int edits(int[] one, int[] two) {
        int[][] edits = new int[one.length + 1][two.length + 1];
        for (int i = 0; i <= one.length; i++) {
            for (int j = 0; j <= two.length; j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, one, two, i, j);
            }
        }
        return edits[one.length][two.length];
    }

    private static int least(int[][] edits, int[] one, int[] two, int i, int j) {
        int least = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        least = Math.min(least, edits[i - 1][j - 1] + (one[i - 1] == two[j - 1] ? 0 : 1));
        boolean isSwapped = i > 1 && j > 1 && one[i - 1] == two[j - 2] && one[i - 2] == two[j - 1];
        return isSwapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
