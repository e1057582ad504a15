/** How much the hits of a search are to differ from each other. */
@NullMarked
package dev.tandem.domain.search.variety;

import org.jspecify.annotations.NullMarked;
