/** How a document is stored in OpenSearch: its fields and their values. */
@NullMarked
package dev.tandem.index.opensearch.shape;

import org.jspecify.annotations.NullMarked;
