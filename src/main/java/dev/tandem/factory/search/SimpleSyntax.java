package dev.tandem.factory.search;

import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Clause;
import dev.tandem.domain.search.SearchText.Kind;
import dev.tandem.domain.search.SearchText.Occur;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code "a phrase" +must -not prefix*}. Every text can be read: a sign that is no operator where it stands is text. A backslash makes
 * the next sign text.
 */
final class SimpleSyntax {

    /** What is beyond is text. More operators make a query dearer, not better. */
    static final int MOST_CLAUSES = 64;

    private final String query;
    private final List<Clause> clauses = new ArrayList<>();
    /** Words without an operator, which belong together. */
    private final StringBuilder words = new StringBuilder();

    private int at;

    private SimpleSyntax(String query) {
        this.query = query;
    }

    static SearchText read(String query) {
        SimpleSyntax syntax = new SimpleSyntax(query);
        syntax.read();
        return syntax.clauses.isEmpty() ? SearchText.plain(query) : new SearchText(query, syntax.clauses);
    }

    private void read() {
        while (at < query.length()) {
            if (Character.isWhitespace(query.charAt(at))) {
                at++;
            } else if (clauses.size() >= MOST_CLAUSES) {
                words.append(query, at, query.length());
                at = query.length();
            } else {
                readClause();
            }
        }
        endWords();
    }

    private void readClause() {
        Occur occur = readOccur();
        int close = query.charAt(at) == '"' ? closing(at + 1) : -1;
        if (close > at + 1) {
            add(occur, Kind.PHRASE, unescaped(at + 1, close));
            at = close + 1;
            return;
        }
        int end = endOfWord();
        boolean isPrefix = query.charAt(end - 1) == '*' && end - at > 1 && query.charAt(end - 2) != '\\';
        String text = unescaped(at, isPrefix ? end - 1 : end);
        at = end;
        if (occur == Occur.SHOULD && !isPrefix) {
            words.append(words.isEmpty() ? "" : " ").append(text);
        } else {
            add(occur, isPrefix ? Kind.PREFIX : Kind.WORDS, text);
        }
    }

    /** An operator stands right before what it is about. */
    private Occur readOccur() {
        char sign = query.charAt(at);
        boolean isOperator = (sign == '+' || sign == '-')
                && at + 1 < query.length()
                && !Character.isWhitespace(query.charAt(at + 1))
                && query.charAt(at + 1) != '+'
                && query.charAt(at + 1) != '-';
        if (!isOperator) {
            return Occur.SHOULD;
        }
        at++;
        return sign == '+' ? Occur.MUST : Occur.MUST_NOT;
    }

    private void add(Occur occur, Kind kind, String text) {
        if (!text.isBlank()) {
            endWords();
            clauses.add(new Clause(occur, kind, text));
        }
    }

    private void endWords() {
        if (!words.toString().isBlank()) {
            clauses.add(new Clause(Occur.SHOULD, Kind.WORDS, words.toString()));
        }
        words.setLength(0);
    }

    /** Where the quotation mark is that ends a phrase; -1 without one. */
    private int closing(int from) {
        for (int i = from; i < query.length(); i++) {
            if (query.charAt(i) == '\\') {
                i++;
            } else if (query.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private int endOfWord() {
        int end = at + 1;
        while (end < query.length() && !Character.isWhitespace(query.charAt(end))) {
            end++;
        }
        return end;
    }

    private String unescaped(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            boolean escapes = query.charAt(i) == '\\' && i + 1 < to;
            text.append(query.charAt(escapes ? ++i : i));
        }
        return text.toString();
    }
}
