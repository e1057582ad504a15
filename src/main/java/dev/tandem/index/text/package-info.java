/** The analysis of natural language, shared by all engines, and highlights. */
@NullMarked
package dev.tandem.index.text;

import org.jspecify.annotations.NullMarked;
