package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The plain forms of words, which are found beside their spelling: {@code cafe} for {@code Café}, and the parts of {@code getUserById}. Among the
 * words of a text they have a mark, so that they are not taken for what somebody wrote.
 */
public final class PlainForms {

    /** It is for private use, and stands in no word. */
    private static final String MARK = "\uE003";

    private PlainForms() {}

    /** The plain form as it stands among the words of a text. */
    public static String marked(String plain) {
        return MARK + plain;
    }

    /** The plain form, or the word as it is spelled if it is none. */
    public static String unmarked(String word) {
        return word.startsWith(MARK) ? word.substring(MARK.length()) : word;
    }

    /** Those of one word, the whole before its parts. */
    public static Set<String> of(String word, Language language) {
        Set<String> forms = new LinkedHashSet<>();
        QueryWords.read(Analyzers.plain(language), word, Integer.MAX_VALUE, (form, from, to, step) -> {
            forms.add(form);
            return true;
        });
        forms.remove("");
        return forms;
    }

    /** What the words of a text begin with, spelled or in their plain form, if they begin with what was typed; none if that is no beginning. */
    public static Set<String> beginnings(String typed, Language language) {
        Set<String> beginnings = new LinkedHashSet<>();
        beginnings.add(Analyzers.normalized(Analyzers.spelling(language), typed));
        String plain = Analyzers.normalized(Analyzers.plain(language), typed);
        if (!plain.isEmpty()) {
            beginnings.add(plain);
            beginnings.add(marked(plain));
        }
        beginnings.remove("");
        return beginnings;
    }
}
