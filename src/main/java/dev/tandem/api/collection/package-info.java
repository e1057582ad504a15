/** Collections over HTTP. */
@NullMarked
package dev.tandem.api.collection;

import org.jspecify.annotations.NullMarked;
