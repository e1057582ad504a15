/** What one search has found, in its order. */
@NullMarked
package dev.tandem.domain.search.ranked;

import org.jspecify.annotations.NullMarked;
