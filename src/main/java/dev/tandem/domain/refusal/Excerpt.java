package dev.tandem.domain.refusal;

/** The beginnings of texts that are too long to keep. */
public final class Excerpt {

    private Excerpt() {}

    /** The first {@code most} UTF-16 units of a text, or one less where that would end in half a surrogate pair. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean splitsPair = most > 0
                && Character.isHighSurrogate(text.charAt(most - 1))
                && Character.isLowSurrogate(text.charAt(most));
        return text.substring(0, splitsPair ? most - 1 : most);
    }
}
