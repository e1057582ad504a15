/** The change log: what has happened to the rows, and how far a reader has read it. */
@NullMarked
package dev.tandem.domain.change;

import org.jspecify.annotations.NullMarked;
