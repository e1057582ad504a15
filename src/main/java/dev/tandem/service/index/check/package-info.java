/** How the rows of a collection and its index are compared, and how the index is repaired. */
@NullMarked
package dev.tandem.service.index.check;

import org.jspecify.annotations.NullMarked;
