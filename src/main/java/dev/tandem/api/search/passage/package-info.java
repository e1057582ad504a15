/** Passages over HTTP. */
@NullMarked
package dev.tandem.api.search.passage;

import org.jspecify.annotations.NullMarked;
