package dev.tandem.tool.migration.lint;

import java.util.ArrayList;
import java.util.List;

/** Splits a script's tokens into statements. A semicolon in parentheses, or in the body of a SQL function, does not end one. */
final class Statements {

    private final List<Phrase> statements = new ArrayList<>();
    private List<Token> current = new ArrayList<>();
    private int parentheses;
    private int blocks;

    private Statements() {}

    static List<Phrase> of(List<Token> tokens) {
        Statements statements = new Statements();
        tokens.forEach(statements::take);
        statements.end();
        return List.copyOf(statements.statements);
    }

    private void take(Token token) {
        if (token.is(";") && parentheses == 0 && blocks == 0) {
            end();
            return;
        }
        parentheses += token.is("(") ? 1 : 0;
        parentheses -= token.is(")") ? 1 : 0;
        if (token.is("atomic") && last("begin") || token.is("case") && blocks > 0) {
            blocks++;
        } else if (token.is("end") && blocks > 0) {
            blocks--;
        }
        current.add(token);
    }

    private boolean last(String word) {
        return !current.isEmpty() && current.get(current.size() - 1).is(word);
    }

    private void end() {
        if (!current.isEmpty()) {
            statements.add(new Phrase(List.copyOf(current)));
        }
        current = new ArrayList<>();
        parentheses = 0;
        blocks = 0;
    }
}
