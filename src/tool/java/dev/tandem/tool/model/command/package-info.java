/** The verbs of {@code ./model}. Like those of {@code ./db}, they say what they did in lines, and its outcome by their exit code. */
@NullMarked
package dev.tandem.tool.model.command;

import org.jspecify.annotations.NullMarked;
