/** The analysis of natural language, shared by all engines. */
@NullMarked
package dev.tandem.index.text;

import org.jspecify.annotations.NullMarked;
