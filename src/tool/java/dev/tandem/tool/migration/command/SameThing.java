package dev.tandem.tool.migration.command;

import dev.tandem.tool.migration.MigrationRefusal;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What two branches have both made, which is why most of them do not fit together. PostgreSQL names it. */
final class SameThing {

    /** PostgreSQL's words for what is there already. */
    private static final Pattern SAME =
            Pattern.compile("(\\w+) \"([^\"]+)\"(?: (?:of|for) relation \"([^\"]+)\")? already exists");

    private SameThing() {}

    /** Such as {@code column book.pages}; empty if a script failed for another reason. */
    static Optional<String> in(MigrationRefusal refusal) {
        Matcher same = SAME.matcher(refusal.getMessage());
        return same.find() ? Optional.of(thing(same)) : Optional.empty();
    }

    private static String thing(MatchResult same) {
        String kind = same.group(1).equals("relation") ? "table or index" : same.group(1);
        return kind + " " + (same.group(3) == null ? "" : same.group(3) + ".") + same.group(2);
    }
}
