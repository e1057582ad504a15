/** The pages of a search: what it has found, kept for a while. */
@NullMarked
package dev.tandem.service.search.paging;

import org.jspecify.annotations.NullMarked;
