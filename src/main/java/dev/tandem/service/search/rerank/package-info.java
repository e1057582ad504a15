/** The order that a reranker gives to the best hits of a search. */
@NullMarked
package dev.tandem.service.search.rerank;

import org.jspecify.annotations.NullMarked;
