package dev.tandem.tool.migration.lint;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that a script should not do to a database in use.
 *
 * @param id squawk's where squawk has the rule, so that what is known and written about it can be found
 * @param reason what goes wrong, one sentence
 * @param alternative what to write instead, one sentence
 * @param offences the phrases of a script that do it
 */
public record Rule(String id, String reason, String alternative, Function<Script, Stream<Phrase>> offences) {}
