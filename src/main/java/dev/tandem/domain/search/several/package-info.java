/** One search of several collections: what their indexes found becomes one list. */
@NullMarked
package dev.tandem.domain.search.several;

import org.jspecify.annotations.NullMarked;
