package dev.tandem.factory.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions that need time linear in the text, and limited time to compile. RE2/J guarantees the first. But it writes out counted
 * repetitions, so without a limit <code>((a{1000}){1000}){1000}</code> would fill the memory.
 */
final class LinearPattern {

    static final int LONGEST = 1_000;
    static final int LARGEST = 4_000;

    /** A step of a validation takes as long as this many instructions do with one character. */
    private static final int INSTRUCTIONS_OF_STEP = 4;

    private final Pattern pattern;
    private final long size;

    private LinearPattern(Pattern pattern, long size) {
        this.pattern = pattern;
        this.size = size;
    }

    /** Roughly how many instructions it has. */
    long size() {
        return size;
    }

    /** How many steps it takes to look for the expression in this text: RE2/J may keep all instructions going at each character. */
    long steps(String text) {
        return size * (text.length() + 1) / INSTRUCTIONS_OF_STEP;
    }

    boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    /**
     * @throws PatternSyntaxException if the expression is too large, or not in RE2's syntax, which has no look-around and no back
     *     references
     */
    static LinearPattern compile(String expression) {
        long size = expression.length() > LONGEST ? Long.MAX_VALUE : size(expression);
        if (size > LARGEST) {
            throw new PatternSyntaxException("too large with its repetitions written out", expression);
        }
        if (expression.contains("\\Q")) {
            // quoted parentheses would mislead size(), and JSON Schema's expressions have no quoting
            throw new PatternSyntaxException("no quoting", expression);
        }
        return new LinearPattern(Pattern.compile(expression), size);
    }

    /** Roughly how many instructions the expression has after its repetitions are written out. RE2/J refuses unbalanced parentheses. */
    private static long size(String expression) {
        Deque<Long> outer = new ArrayDeque<>();
        long group = 0; // the open group, without its last atom
        long atom = 0;
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (c == '(') {
                outer.push(group + atom);
                group = 1;
                atom = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                atom = group + atom;
                group = outer.pop();
            } else if (c == '{' && times(expression, i) >= 0) {
                atom = Math.min(atom * Math.max(1, times(expression, i)), Integer.MAX_VALUE);
                i = expression.indexOf('}', i);
            } else {
                group += atom;
                atom = 1;
                i = endOfAtom(expression, i);
            }
            i++;
        }
        while (!outer.isEmpty()) {
            group += outer.pop();
        }
        return group + atom;
    }

    /** The largest count of the repetition that begins here; -1 if this is not a repetition. */
    private static int times(String expression, int brace) {
        int end = expression.indexOf('}', brace);
        if (end < 0) {
            return -1;
        }
        int most = -1;
        for (String bound : expression.substring(brace + 1, end).split(",", -1)) {
            if (!bound.isEmpty()) {
                if (bound.length() > 4 || !bound.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                    return -1;
                }
                most = Math.max(most, Integer.parseInt(bound));
            }
        }
        return most;
    }

    /** The last character of the atom that begins here: a class, an escape, or the character itself. */
    private static int endOfAtom(String expression, int start) {
        char c = expression.charAt(start);
        if (c == '\\') {
            boolean braced = expression.startsWith("x{", start + 1) && expression.indexOf('}', start) > 0;
            return braced ? expression.indexOf('}', start) : start + 1;
        }
        if (c != '[') {
            return start;
        }
        int i = start + 1;
        if (expression.startsWith("^", i)) {
            i++;
        }
        if (expression.startsWith("]", i)) {
            i++; // a bracket at the beginning of a class is an ordinary character
        }
        while (i < expression.length() && expression.charAt(i) != ']') {
            i = endOfClassMember(expression, i) + 1;
        }
        return i;
    }

    private static int endOfClassMember(String expression, int start) {
        if (expression.startsWith("[:", start)) {
            int end = expression.indexOf(":]", start + 2);
            return end < 0 ? start : end + 1;
        }
        return expression.charAt(start) == '\\' ? start + 1 : start;
    }
}
