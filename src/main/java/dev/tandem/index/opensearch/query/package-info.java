/** From a search query to a question for OpenSearch, and from its answer to matches. */
@NullMarked
package dev.tandem.index.opensearch.query;

import org.jspecify.annotations.NullMarked;
