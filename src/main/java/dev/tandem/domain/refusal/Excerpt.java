package dev.tandem.domain.refusal;

/** Shortens texts that are too long to keep. */
public final class Excerpt {

    private Excerpt() {}

    /** The first {@code most} UTF-16 units of a text, or one less if the last one would be half of a surrogate pair. */
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
