/** What is said on the command line: read, judged, and told back with every mistake at once. */
@NullMarked
package dev.tandem.tool.model.grammar;

import org.jspecify.annotations.NullMarked;
