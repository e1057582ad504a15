package dev.tandem.tool.migration.lint;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits SQL into tokens and comments by PostgreSQL's lexical rules: doubled quotes, {@code E''} with backslashes, dollar quotes with a
 * tag, nested comments.
 *
 * @see <a href="https://www.postgresql.org/docs/17/sql-syntax-lexical.html">PostgreSQL 17, 4.1 Lexical Structure</a>
 */
final class Tokenizer {

    /** A comment to the end of its line, with its position. */
    record Comment(String text, int line) {}

    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern NUMBER = Pattern.compile("\\.?\\d[\\d.]*(?:[eE][+-]?\\d+)?");
    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
    private static final Pattern BACKSLASH_TEXT = Pattern.compile("[eE]'");

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private int position;
    private int line = 1;

    /** @throws MigrationRefusal if a quote or a comment never ends */
    Tokenizer(String sql) {
        this.sql = sql;
        while (position < sql.length()) {
            next();
        }
    }

    List<Token> tokens() {
        return tokens;
    }

    List<Comment> comments() {
        return comments;
    }

    private void next() {
        char first = sql.charAt(position);
        if (Character.isWhitespace(first)) {
            move(position + 1);
        } else if (sql.startsWith("--", position)) {
            int end = sql.indexOf('\n', position);
            end = end < 0 ? sql.length() : end;
            comments.add(new Comment(sql.substring(position + 2, end).strip(), line));
            move(end);
        } else if (sql.startsWith("/*", position)) {
            move(endOfComment());
        } else if (first == '\'') {
            add(Token.Kind.TEXT, endOfQuote('\'', position + 1, false));
        } else if (first == '"') {
            quotedName();
        } else if (!found(BACKSLASH_TEXT).isEmpty()) {
            add(Token.Kind.TEXT, endOfQuote('\'', position + 2, true));
        } else if (!found(DOLLAR_QUOTE).isEmpty()) {
            String quote = found(DOLLAR_QUOTE);
            int end = sql.indexOf(quote, position + quote.length());
            add(Token.Kind.TEXT, end < 0 ? endless(quote) : end + quote.length());
        } else if (!found(WORD).isEmpty()) {
            tokens.add(Token.word(found(WORD), line));
            move(position + found(WORD).length());
        } else if (!found(NUMBER).isEmpty()) {
            add(Token.Kind.NUMBER, position + found(NUMBER).length());
        } else {
            add(Token.Kind.SYMBOL, position + 1);
        }
    }

    private void quotedName() {
        int end = endOfQuote('"', position + 1, false);
        tokens.add(new Token(
                Token.Kind.QUOTED_NAME, sql.substring(position + 1, end - 1).replace("\"\"", "\""), line));
        move(end);
    }

    private String found(Pattern pattern) {
        Matcher matcher = pattern.matcher(sql).region(position, sql.length());
        return matcher.lookingAt() ? matcher.group() : "";
    }

    private void add(Token.Kind kind, int end) {
        tokens.add(new Token(kind, sql.substring(position, end), line));
        move(end);
    }

    private void move(int end) {
        line += (int)
                sql.substring(position, end).chars().filter(c -> c == '\n').count();
        position = end;
    }

    /** A doubled quote stands for itself: it ends one part and begins the next. */
    private int endOfQuote(char quote, int start, boolean backslashes) {
        for (int i = start; i < sql.length(); i++) {
            if (backslashes && sql.charAt(i) == '\\') {
                i++;
            } else if (sql.charAt(i) == quote) {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    return i + 1;
                }
                i++;
            }
        }
        return endless(String.valueOf(quote));
    }

    private int endOfComment() {
        int depth = 0;
        for (int i = position; i < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return endless("/*");
    }

    private int endless(String opening) {
        throw new MigrationRefusal("line " + line + ": " + opening + " begins what never ends");
    }
}
