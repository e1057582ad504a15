/** The change log: what has happened to the rows, and how far a reader of it has come. */
@NullMarked
package dev.tandem.domain.change;

import org.jspecify.annotations.NullMarked;
