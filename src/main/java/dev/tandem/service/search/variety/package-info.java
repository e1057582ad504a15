/** Hits that differ from each other. */
@NullMarked
package dev.tandem.service.search.variety;

import org.jspecify.annotations.NullMarked;
