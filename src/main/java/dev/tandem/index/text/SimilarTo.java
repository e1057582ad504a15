package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import dev.tandem.index.text.QueryWords.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a word of a query may be a typo of. A typo in the stem is found among the words in the language's form, where accents and endings
 * don't count. One in the ending is found among the words as they are spelled: nothing knows the stem of "hunitng".
 *
 * @param forms compared with words in the language's form
 * @param written compared with words as they are spelled; null for none
 */
public record SimilarTo(List<Misspelling> forms, @Nullable Misspelling written) {

    /** Of so many words of a query similar ones are looked for. In a longer one enough are right. */
    public static final int MOST_WORDS = 32;

    /** A name of many parts is none that somebody types. */
    private static final int MOST_FORMS = 4;

    public static SimilarTo of(Word word, Language language) {
        Map<String, Misspelling> made = new TreeMap<>();
        word.forms().stream().sorted().limit(MOST_FORMS).forEach(form -> make(form, made));
        List<Misspelling> forms = List.copyOf(made.values());
        String written = Analyzers.normalized(Analyzers.spelling(language), word.written());
        return new SimilarTo(forms, make(written, made));
    }

    /** What is written as its stem is made once. */
    private static @Nullable Misspelling make(String word, Map<String, Misspelling> made) {
        Misspelling known = made.get(word);
        Misspelling misspelling = known == null ? Misspelling.of(word) : known;
        if (misspelling != null) {
            made.put(word, misspelling);
        }
        return misspelling;
    }

    Set<Misspelling> all() {
        Set<Misspelling> all = new LinkedHashSet<>(forms);
        if (written != null) {
            all.add(written);
        }
        return all;
    }
}
