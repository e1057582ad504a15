/** What rerankers read. */
@NullMarked
package dev.tandem.service.search.rerank;

import org.jspecify.annotations.NullMarked;
