/** What can be counted of the documents that a list or a search is about, and what was counted. */
@NullMarked
package dev.tandem.domain.facet;

import org.jspecify.annotations.NullMarked;
