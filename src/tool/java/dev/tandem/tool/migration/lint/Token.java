package dev.tandem.tool.migration.lint;

import java.util.Locale;

/**
 * The smallest part of a statement.
 *
 * @param text as PostgreSQL reads it: a word in lower case, a quoted name without its quotes, anything else as written
 * @param line counted from 1
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        NUMBER,
        SYMBOL
    }

    static Token word(String text, int line) {
        return new Token(Kind.WORD, text.toLowerCase(Locale.ROOT), line);
    }

    /** A quoted name is never a keyword. */
    boolean is(String wordOrSymbol) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(wordOrSymbol);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
