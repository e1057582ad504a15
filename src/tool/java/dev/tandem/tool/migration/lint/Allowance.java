package dev.tandem.tool.migration.lint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment that allows a rule to be broken by the statement before which, or in which, it stands: {@code -- lint: allow RULE because
 * REASON}.
 *
 * @param reason empty if none is given
 */
record Allowance(String ruleId, String reason, int line) {

    private static final Pattern COMMENT = Pattern.compile("lint:\\s*allow\\s+([a-z-]+)(?:\\s+because\\s+(.+))?.*");

    static Optional<Allowance> of(Tokenizer.Comment comment) {
        Matcher matcher = COMMENT.matcher(comment.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String reason = Optional.ofNullable(matcher.group(2)).orElse("").strip();
        return Optional.of(new Allowance(matcher.group(1), reason, comment.line()));
    }
}
