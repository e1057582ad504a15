package dev.tandem.factory.rules;

import dev.tandem.domain.refusal.Violations;
import org.jspecify.annotations.Nullable;

/** The rules for every stored text: it is short enough, and UTF-8 and PostgreSQL can represent it. */
public final class TextRules {

    /** Longer names are not repeated in pointers and messages. */
    private static final int QUOTABLE = 256;

    private TextRules() {}

    /**
     * Adds the violations of a text: {@code text.too_long}, {@code text.nul}, {@code text.surrogate}. Null has none.
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

    /** The first flaw of a text, or null. A text that is too long is not read to its end. */
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

    /** Whether an answer can repeat the text as it is. */
    public static boolean isQuotable(String text) {
        return flaw(text, QUOTABLE) == null;
    }

    /** The flaws that a text can have. */
    public enum Flaw {
        TOO_LONG("text.too_long"),
        /** PostgreSQL cannot store U+0000 in text and jsonb. */
        NUL("text.nul"),
        /** Half of a character: UTF-8 has no bytes for it. */
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
