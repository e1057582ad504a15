/**
 * The engine OpenSearch: words and vectors in a cluster that all replicas share. Texts are analysed here, by the rules that all engines have
 * in common, and sent as ready words.
 */
@NullMarked
package dev.tandem.index.opensearch;

import org.jspecify.annotations.NullMarked;
