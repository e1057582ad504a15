package dev.tandem.tool.migration.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits SQL into statements. A semicolon in a string, a quoted name, a comment or a function's body does not end one. */
public final class Statements {

    /** What must stay in one piece, and the semicolon. */
    private static final Pattern TOKEN = Pattern.compile("""
            --[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\\$\\w*\\$).*?\\1|;""", Pattern.DOTALL);

    private Statements() {}

    /** The statements without semicolons and comments. */
    public static List<String> in(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        Matcher token = TOKEN.matcher(sql);
        int end = 0;
        while (token.find()) {
            statement.append(sql, end, token.start());
            end = token.end();
            if (token.group().equals(";")) {
                add(statement, statements);
            } else if (!comment(token.group())) {
                statement.append(token.group());
            }
        }
        statement.append(sql, end, sql.length());
        add(statement, statements);
        return statements;
    }

    /** Replaces a pattern outside strings, quoted names and functions' bodies. */
    static String replaceOutside(String sql, Pattern pattern, String replacement) {
        StringBuilder replaced = new StringBuilder();
        Matcher token = TOKEN.matcher(sql);
        int end = 0;
        while (token.find()) {
            replaced.append(pattern.matcher(sql.substring(end, token.start())).replaceAll(replacement));
            replaced.append(token.group());
            end = token.end();
        }
        return replaced.append(pattern.matcher(sql.substring(end)).replaceAll(replacement))
                .toString();
    }

    private static boolean comment(String token) {
        return token.startsWith("--") || token.startsWith("/*");
    }

    private static void add(StringBuilder statement, List<String> statements) {
        String text = statement.toString().strip();
        if (!text.isEmpty()) {
            statements.add(text);
        }
        statement.setLength(0);
    }
}
