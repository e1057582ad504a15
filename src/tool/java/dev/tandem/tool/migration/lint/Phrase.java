package dev.tandem.tool.migration.lint;

import java.util.ArrayList;
import java.util.List;

/** A run of tokens: a statement, a clause, a column's definition, or the text between parentheses. */
record Phrase(List<Token> tokens) {

    private static final Phrase NOTHING = new Phrase(List.of());

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** The line of the first token; 0 if there is none. */
    int line() {
        return isEmpty() ? 0 : tokens.get(0).line();
    }

    boolean starts(String words) {
        return matches(0, words.split(" "));
    }

    /** Whether the words occur in this order, one after the other. */
    boolean has(String words) {
        return find(words) >= 0;
    }

    /** What follows the first occurrence of the words; empty if they do not occur. */
    Phrase after(String words) {
        int start = find(words);
        return start < 0 ? NOTHING : from(start + words.split(" ").length);
    }

    /** What follows the words if it starts with them, otherwise all of it. */
    Phrase without(String words) {
        return starts(words) ? from(words.split(" ").length) : this;
    }

    /** What comes before the words; all of it if they don't occur. */
    Phrase before(String words) {
        int start = find(words);
        return start < 0 ? this : new Phrase(tokens.subList(0, start));
    }

    /** The name that it starts with, qualified unless its schema is {@code public}; empty if it does not start with a name. */
    String name() {
        int end = nameLength();
        List<String> parts = tokens.subList(0, end).stream()
                .filter(Token::isName)
                .map(Token::text)
                .toList();
        return String.join(
                ".", parts.size() > 1 && parts.get(0).equals("public") ? parts.subList(1, parts.size()) : parts);
    }

    /** What follows the name that it starts with. */
    Phrase afterName() {
        return from(nameLength());
    }

    /** What is between the first parenthesis and its partner. */
    Phrase inParentheses() {
        int start = find("(");
        if (start < 0) {
            return NOTHING;
        }
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            depth += step(tokens.get(i));
            if (depth == 0) {
                return new Phrase(tokens.subList(start + 1, i));
            }
        }
        return from(start + 1);
    }

    /** The parts between commas outside parentheses. */
    List<Phrase> parts() {
        List<Phrase> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += step(tokens.get(i));
            if (depth == 0 && tokens.get(i).is(",")) {
                parts.add(new Phrase(tokens.subList(start, i)));
                start = i + 1;
            }
        }
        parts.add(from(start));
        return parts;
    }

    private static int step(Token token) {
        return token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }

    private Phrase from(int start) {
        return new Phrase(tokens.subList(Math.min(start, tokens.size()), tokens.size()));
    }

    private int nameLength() {
        int end = 0;
        while (end < tokens.size() && tokens.get(end).isName()) {
            end++;
            if (end == tokens.size() || !tokens.get(end).is(".")) {
                break;
            }
            end++;
        }
        return end;
    }

    private int find(String words) {
        String[] wanted = words.split(" ");
        for (int i = 0; i + wanted.length <= tokens.size(); i++) {
            if (matches(i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(int start, String[] words) {
        if (start + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(start + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }
}
