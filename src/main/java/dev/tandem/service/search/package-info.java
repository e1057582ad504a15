/** Search: by words, by meaning, or both. */
@NullMarked
package dev.tandem.service.search;

import org.jspecify.annotations.NullMarked;
