package dev.tandem.index.text;

import dev.tandem.domain.collection.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The words of a query's text.
 *
 * @param words each once; none if the text has only stop words and punctuation
 * @param spelling every word as it is written, in order, the stop words too
 */
public record QueryWords(List<Word> words, List<Spelled> spelling) {

    /** More words than this make a query dearer, not better. */
    static final int MAX_WORDS = 256;

    /** How far into a text words are looked for. */
    private static final int MAX_TOKENS = 4_096;

    /**
     * A word in the language's form.
     *
     * @param forms the word, and the other forms that stand for it
     * @param written as the text has it
     * @param end where it ends in the text
     */
    public record Word(Set<String> forms, String written, int end) {}

    /**
     * A word as it is written.
     *
     * @param position where it stands, in words from the beginning; a whole and its first word stand at the same place
     * @param isName whether the signs in it make it what it is: {@code C++}, {@code AB-123/4}
     */
    public record Spelled(String word, int position, boolean isName) {}

    /** The first {@link #MAX_WORDS} words in the language's form. */
    public static QueryWords of(String text, Language language) {
        return new QueryWords(words(text, language), spelling(text, language));
    }

    /**
     * The words that stand next to each other, as written, in pairs. A name that is made of several words stands for its first one.
     *
     * @param words so many from the beginning are looked at
     */
    public static List<List<Spelled>> neighbours(List<Spelled> spelling, int words) {
        List<List<Spelled>> pairs = new ArrayList<>();
        Spelled before = null;
        for (Spelled word : spelling.subList(0, Math.min(words, spelling.size()))) {
            if (before != null && word.position() == before.position() + 1) {
                pairs.add(List.of(before, word));
            }
            if (before == null || word.position() > before.position()) {
                before = word;
            }
        }
        return pairs;
    }

    /** Whether the text has nothing that could be searched for. */
    public boolean isEmpty() {
        return words.isEmpty() && spelling.isEmpty();
    }

    /**
     * The word at the very end of the text, as it is spelled, which may go on; null if something else is there. A whole comes before its last
     * part. Where words are written without spaces, each sign is one: it is finished, and what follows it is another.
     */
    public static @Nullable String last(String text, Language language) {
        String[] last = {null};
        int[] end = {0};
        read(Analyzers.spelling(language), text, MAX_TOKENS, (term, from, to, step) -> {
            if (to > end[0]) {
                last[0] = term;
                end[0] = to;
            }
            return true;
        });
        return end[0] < text.length() || endsInSign(text) ? null : last[0];
    }

    /** Whether the text ends where words are written without spaces, sign after sign. */
    public static boolean endsInSign(String text) {
        int last = text.isEmpty() ? 0 : text.codePointBefore(text.length());
        return Character.isIdeographic(last) || UnicodeScript.of(last) == UnicodeScript.HIRAGANA;
    }

    private static List<Word> words(String text, Language language) {
        Map<Set<String>, Word> words = new LinkedHashMap<>();
        Set<String> present = new LinkedHashSet<>();
        int[] place = {0, -1};
        Runnable ending = () -> {
            if (!present.isEmpty() && words.size() < MAX_WORDS) {
                Set<String> forms = Set.copyOf(present);
                words.putIfAbsent(forms, new Word(forms, text.substring(place[0], place[1]), place[1]));
            }
            present.clear();
        };
        read(Analyzers.queryWords(language), text, MAX_TOKENS, (term, from, to, step) -> {
            // What lies within a word is a part or another form of it.
            if (to > place[1]) {
                ending.run();
                place[0] = from;
                place[1] = to;
            }
            present.add(term);
            return words.size() < MAX_WORDS;
        });
        ending.run();
        return List.copyOf(words.values());
    }

    private static List<Spelled> spelling(String text, Language language) {
        List<Spelled> spelling = new ArrayList<>();
        int[] position = {-1};
        read(Analyzers.spelling(language), text, MAX_TOKENS, (term, from, to, step) -> {
            position[0] += step;
            spelling.add(new Spelled(term, position[0], !term.codePoints().allMatch(Character::isLetterOrDigit)));
            return spelling.size() < MAX_WORDS;
        });
        return List.copyOf(spelling);
    }

    /** Takes a word; answers whether it wants more. */
    public interface Reader {
        boolean take(String term, int start, int end, int step);
    }

    /** Reads the words of a text, at most so many. */
    public static void read(Analyzer analyzer, String text, int most, Reader reader) {
        try (TokenStream tokens = analyzer.tokenStream("query", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            PositionIncrementAttribute position = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            for (int i = 0; i < most && tokens.incrementToken(); i++) {
                boolean goesOn = reader.take(
                        term.toString(), offset.startOffset(), offset.endOffset(), position.getPositionIncrement());
                if (!goesOn) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
    }
}
