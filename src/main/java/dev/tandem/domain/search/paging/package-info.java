/** What a search has found, in pages. */
@NullMarked
package dev.tandem.domain.search.paging;

import org.jspecify.annotations.NullMarked;
