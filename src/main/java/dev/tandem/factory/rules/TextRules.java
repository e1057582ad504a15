package dev.tandem.factory.rules;

import dev.tandem.domain.refusal.Violations;
import org.jspecify.annotations.Nullable;

/** What every text that is kept must be: short enough, and one that UTF-8 and PostgreSQL can hold. */
public final class TextRules {

    /** Longer names are not repeated in pointers and messages. */
    private static final int QUOTABLE = 256;

    private TextRules() {}

    /**
     * Adds what is wrong with a text: {@code text.too_long}, {@code text.nul}, {@code text.surrogate}. Null is fine.
     *
     * @param longest in UTF-16 units
     */
    public static void check(@Nullable String text, int longest, String pointer, Violations violations) {
        if (text == null) {
            return;
        }
        Flaw flaw = flaw(text, longest);
        if (flaw != null) {
            violations.add(pointer, flaw.code, flaw.message(longest));
        }
    }

    /** The first thing wrong with a text, or null. A text that is too long is not read to its end. */
    public static @Nullable Flaw flaw(String text, int longest) {
        if (text.length() > longest) {
            return Flaw.TOO_LONG;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Flaw.NUL;
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return Flaw.SURROGATE;
                }
                i++;
            }
        }
        return null;
    }

    /** Whether a text can be repeated in an answer as it is. */
    public static boolean isQuotable(String text) {
        return flaw(text, QUOTABLE) == null;
    }

    /** What a text can suffer from. */
    public enum Flaw {
        TOO_LONG("text.too_long"),
        /** PostgreSQL's text and jsonb have no U+0000. */
        NUL("text.nul"),
        /** Half a character: UTF-8 has no bytes for it. */
        SURROGATE("text.surrogate");

        final String code;

        Flaw(String code) {
            this.code = code;
        }

        public String message(int longest) {
            return switch (this) {
                case TOO_LONG -> "Must not be longer than " + longest + " characters (UTF-16 units).";
                case NUL -> "Must not contain the character U+0000.";
                case SURROGATE -> "Must not contain an unpaired surrogate (half of a character).";
            };
        }
    }
}
