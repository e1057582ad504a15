/** Searches over HTTP. */
@NullMarked
package dev.tandem.api.search;

import org.jspecify.annotations.NullMarked;
