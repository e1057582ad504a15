package dev.tandem.tool.migration.lint;

/**
 * A rule that a script breaks.
 *
 * @param file the script's name
 * @param line counted from 1
 */
public record Finding(String file, int line, Rule rule) {

    /** One line: {@code file:line: rule: reason Instead: alternative}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + rule.id() + ": " + rule.reason() + " Instead: " + rule.alternative();
    }
}
