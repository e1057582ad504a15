/** The analysis of natural language that all engines share, and highlights. */
@NullMarked
package dev.tandem.index.text;

import org.jspecify.annotations.NullMarked;
