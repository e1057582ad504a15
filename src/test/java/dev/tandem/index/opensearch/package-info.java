/** The engine OpenSearch against a real server, and against one that fails. */
@NullMarked
package dev.tandem.index.opensearch;

import org.jspecify.annotations.NullMarked;
