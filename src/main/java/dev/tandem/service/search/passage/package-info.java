/** The passages that a search answers with. */
@NullMarked
package dev.tandem.service.search.passage;

import org.jspecify.annotations.NullMarked;
