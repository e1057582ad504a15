/** The query of a list or a search, and the result of a search. */
@NullMarked
package dev.tandem.domain.search;

import org.jspecify.annotations.NullMarked;
