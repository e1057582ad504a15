/** Searches for what is like examples. */
@NullMarked
package dev.tandem.domain.search.example;

import org.jspecify.annotations.NullMarked;
