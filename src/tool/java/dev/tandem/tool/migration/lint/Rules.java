package dev.tandem.tool.migration.lint;

import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order in which the documentation explains them. */
public final class Rules {

    /** Checks the comments that allow exceptions; the linter itself reports it. */
    static final Rule UNUSED_ALLOWANCE = new Rule(
            "unused-allowance",
            "An allowance that names no rule, gives no reason or allows nothing hides the next real finding.",
            "write \"-- lint: allow RULE because REASON\" right before the statement it is meant for, or remove it.",
            script -> Stream.empty());

    private Rules() {}

    public static List<Rule> all() {
        return Stream.of(
                        LockRules.all(),
                        ConstraintRules.all(),
                        ColumnRules.all(),
                        CompatibilityRules.all(),
                        TypeRules.all(),
                        SessionRules.all(),
                        List.of(UNUSED_ALLOWANCE))
                .flatMap(List::stream)
                .toList();
    }
}
