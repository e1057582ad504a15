package dev.tandem.tool.migration.lint;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that a script should not do to a database in use.
 *
 * @param id squawk's name if squawk has the rule, so that its documentation can be found
 * @param reason what goes wrong, in one sentence
 * @param alternative what to write instead, in one sentence
 * @param offences the phrases of a script that break the rule
 */
public record Rule(String id, String reason, String alternative, Function<Script, Stream<Phrase>> offences) {}
