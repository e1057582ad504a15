/** Chooses passages of a text by its words. */
@NullMarked
package dev.tandem.index.text.passage;

import org.jspecify.annotations.NullMarked;
