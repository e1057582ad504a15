/** The command line: one class for each verb of {@code ./db}, and what they share. */
@NullMarked
package dev.tandem.tool.migration.command;

import org.jspecify.annotations.NullMarked;
