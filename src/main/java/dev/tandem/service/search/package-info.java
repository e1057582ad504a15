/** Keyword search, vector search and hybrid search. */
@NullMarked
package dev.tandem.service.search;

import org.jspecify.annotations.NullMarked;
